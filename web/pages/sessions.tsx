import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { sessionsSentence } from "./sentences.ts";

const lead: Lead = { from: ["session-comparison"], tell: sessionsSentence };

const placements: readonly Placement[] = [
  { name: "session-trends", size: "full" },
  {
    name: "session-comparison",
    id: "session-length",
    title: "Mean length of a session",
    size: "half",
    chart: { kind: "bar", x: "segment", y: "mean_duration_seconds", horizontal: true },
  },
  {
    name: "session-comparison",
    id: "session-events",
    title: "Mean events in a session",
    size: "half",
    chart: { kind: "bar", x: "segment", y: "mean_event_count", horizontal: true },
  },
  {
    name: "session-comparison",
    id: "session-table",
    title: "Buyers and others",
    size: "full",
    chart: { kind: "table" },
  },
];

/** How sessions that buy differ from those that do not. */
export const SessionsPage = () => <PageView page="sessions" lead={lead} placements={placements} />;

import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { funnelSentence } from "./sentences.ts";

const lead: Lead = { from: ["funnel"], tell: funnelSentence };

const placements: readonly Placement[] = [
  { name: "funnel", size: "full" },
  { name: "funnel-breakdown", size: "full" },
  { name: "funnel-losses", size: "half" },
  { name: "time-to-convert", size: "half" },
  { name: "event-mix", size: "full" },
  { name: "paths", size: "full" },
  { name: "search-terms", size: "full" },
];

/** From the first view to the purchase, and where visitors leave. */
export const FunnelPage = () => <PageView page="funnel" lead={lead} placements={placements} />;

import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { overviewSentence } from "./sentences.ts";

const lead: Lead = {
  from: ["kpi-summary", "revenue-by-channel", "revenue-by-category", "revenue-by-country"],
  tell: overviewSentence,
};

const placements: readonly Placement[] = [
  { name: "kpi-summary", size: "full", hasControls: false },
  { name: "daily-kpis", size: "full" },
  { name: "revenue-over-time", size: "two-thirds" },
  { name: "revenue-by-channel", size: "third", hasControls: false },
  { name: "new-vs-returning", size: "full" },
  { name: "anomalies", size: "full", chart: { kind: "table" } },
  { name: "top-products", size: "full", params: { limit: "10" }, hasControls: false },
];

/** How the shop is doing, at a glance. */
export const OverviewPage = () => <PageView page="overview" lead={lead} placements={placements} />;

import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { SqlConsole } from "../components/sql-console.tsx";
import { dataSentence } from "./sentences.ts";

const lead: Lead = { from: ["pipeline-runs"], tell: dataSentence };

const placements: readonly Placement[] = [
  { name: "freshness", size: "half" },
  { name: "event-mix", size: "half" },
  { name: "data-quality", size: "full" },
  { name: "pipeline-runs", size: "full" },
  { name: "rejects", size: "full" },
  { name: "storage", size: "full" },
];

/** What is loaded, how complete it is and what it takes on disk. */
export const DataPage = () => (
  <PageView page="data" lead={lead} placements={placements}>
    <SqlConsole />
  </PageView>
);

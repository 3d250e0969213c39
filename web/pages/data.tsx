import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { SqlConsole } from "../components/sql-console.tsx";
import { ImportButton } from "../imports/import-button.tsx";
import { UndoRow } from "../imports/undo-dialog.tsx";
import { dataSentence } from "./sentences.ts";

const lead: Lead = { from: ["pipeline-runs"], tell: dataSentence };

const placements: readonly Placement[] = [
  { name: "freshness", size: "full" },
  { name: "currencies", size: "full" },
  { name: "pipeline-runs", size: "full", rowAction: (row) => <UndoRow row={row} /> },
  { name: "rejects", size: "full" },
  { name: "source-health", size: "full" },
  { name: "event-volume", size: "full" },
  { name: "tracking-plan-violations", size: "full" },
  { name: "traffic-quality", size: "full" },
  { name: "event-mix", size: "full" },
  { name: "price-histogram", size: "full" },
  { name: "data-quality", size: "full", chart: { kind: "table" } },
  { name: "storage", size: "full", chart: { kind: "table" } },
];

/** What is loaded, how complete it is and what it takes on disk. */
export const DataPage = () => (
  <PageView page="data" lead={lead} placements={placements} action={<ImportButton />}>
    <SqlConsole />
  </PageView>
);

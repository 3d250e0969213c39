import { type Preset, same } from "../preset.ts";
import { eventColumns } from "../segment/columns.ts";
import { exportedRows } from "./exported-rows.ts";

/** Google Analytics 4, rows of the BigQuery export (`events_YYYYMMDD`) as JSON Lines. */
export const ga4: Preset = {
  name: "ga4",
  title: "Google Analytics 4, BigQuery export (JSON Lines)",
  tables: [
    {
      requires: ["event_date", "event_timestamp", "event_name", "user_pseudo_id"],
      mapping: { kind: "events", columns: same(eventColumns) },
      shape: { by: "record", also: [], rows: ([event = {}]) => exportedRows(event) },
    },
  ],
};

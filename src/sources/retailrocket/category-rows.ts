/** The tree of categories as paths: `250.1234` is category 1234 below 250. */
import { textOf } from "../json-values.ts";
import type { RefusedRecord, ShapedRow, SourceRecord } from "../preset.ts";

/** A row for each category, its path from the root; a category that is below itself has none. */
export function categoryRows(records: readonly SourceRecord[]): (ShapedRow | RefusedRecord)[] {
  const parents = new Map(records.map(({ categoryid, parentid }) => [textOf(categoryid), textOf(parentid)]));
  return records.map(({ categoryid }, record) => {
    const id = textOf(categoryid);
    const path = [id];
    for (let parent = parents.get(id) ?? ""; parent !== ""; parent = parents.get(parent) ?? "") {
      if (path.includes(parent))
        return { record, column: "parentid", value: parents.get(id) ?? "", reason: `leads back to ${parent}` };
      path.unshift(parent);
    }
    return { kind: "categories", record, values: { categoryid: id, path: path.join(".") } };
  });
}

import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("pipeline-runs", (query) => {
  it("lists each file with what became of its rows, the newest first", async () => {
    const rows = await query("pipeline-runs");
    expect(rows.map((row) => [row.batch_key, row.kind, row.read_rows, row.loaded_rows])).toEqual([
      [4, "events", 33, 33],
      [3, "order_lines", 30, 30],
      [2, "products", 7, 7],
      [1, "customers", 12, 12],
    ]);
    expect(rows[0]).toMatchObject({
      state: "loaded",
      preset: "events-csv",
      duplicate_rows: 0,
      rejected_rows: 0,
      first_on: "2025-01-02",
      last_on: "2025-04-18",
      is_built: true,
      message: null,
    });
    expect(String(rows[0]?.source)).toMatch(/corner-shop\/events\.csv$/);
  });

  it("gives the time it took", async () => {
    const [row] = await query("pipeline-runs", { limit: 1 });
    const seconds = (Date.parse(String(row?.finished_at)) - Date.parse(String(row?.started_at))) / 1000;
    expect(row).toMatchObject({ duration_seconds: seconds, rows_per_second: 33 / seconds });
  });
});

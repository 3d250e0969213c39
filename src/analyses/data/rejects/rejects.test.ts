import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

describe("rejects", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
    const write = (name: string, rows: readonly string[]): string => {
      const path = join(shop.folder, name);
      writeFileSync(path, `event_at,event_type,customer_id\n${rows.join("\n")}\n`);
      return path;
    };
    await shop.load([
      write("first.csv", ["2025-01-01T10:00:00Z,view,1", "yesterday,view,1"]),
      write("second.csv", ["2025-01-02T10:00:00Z,glance,1", "2025-01-02T10:00:00Z,view,2,surplus"]),
    ]);
  });
  afterAll(async () => await shop.close());

  it("shows refused rows with place, reason and text, the newest batch first", async () => {
    const rows = await shop.query("rejects");
    expect(rows).toMatchObject([
      { batch_key: 2, source_row: 1, line: 2, column_name: "event_type", value: "glance" },
      { batch_key: 2, source_row: 2, line: 3, column_name: null, raw: "2025-01-02T10:00:00Z,view,2,surplus" },
      { batch_key: 1, source_row: 2, line: 3, column_name: "event_at", value: "yesterday", raw: "yesterday,view,1" },
    ]);
    expect(rows.every((row) => String(row.reason).length > 0)).toBe(true);
    expect(String(rows[0]?.source)).toMatch(/second\.csv$/);
  });

  it("narrows to one batch", async () => {
    expect(await shop.query("rejects", { batch_key: 1 })).toMatchObject([{ batch_key: 1 }]);
    expect(await shop.query("rejects", { limit: 1 })).toMatchObject([{ batch_key: 2, source_row: 1 }]);
  });

  it("agrees with the counts of pipeline-runs", async () => {
    const runs = await shop.query("pipeline-runs");
    expect(runs.map((run) => run.rejected_rows)).toEqual([2, 1]);
  });
});

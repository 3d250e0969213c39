import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";
import { undoImport } from "../../../ingestion/import.ts";
import { verify } from "../../../warehouse/verify.ts";

// Coat: 10 first on the 1st, 3 sold on the 2nd, 7 sold and 1 back on the 4th (none between, at 12:00), 5 more on the 6th.
// Hat: 2 first on the 3rd, 2 sold on the 3rd, 1 found on the 5th.
// The 3rd of January in Auckland begins on the 2nd at 11:00 UTC: the shop's days count.
const movements = `movement_id,product_id,moved_at,quantity,movement_type
m1,coat,2025-01-01T00:00:00Z,10,initial
m2,coat,2025-01-01T23:00:00Z,-3,sale
m3,coat,2025-01-04T00:00:00Z,-7,sale
m4,coat,2025-01-04T02:00:00Z,1,cancellation
m5,coat,2025-01-06T00:00:00Z,5,restock
h1,hat,2025-01-02T11:00:00Z,2,initial
h2,hat,2025-01-02T12:00:00Z,-2,sale
h3,hat,2025-01-05T00:00:00Z,1,correction
`;
// Told again, with a correction of its quantity: the newer record of m5 counts, and the others once.
const again = `movement_id,product_id,moved_at,quantity,movement_type
m4,coat,2025-01-04T02:00:00Z,1,cancellation
m5,coat,2025-01-06T00:00:00Z,6,restock
`;
const products = "product_id,name,category,brand\ncoat,Coat,wear.coats,A\nhat,Hat,wear.hats,B\n";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ time_zone: "Pacific/Auckland" });
  for (const [name, text] of Object.entries({ products, movements, again })) {
    writeFileSync(join(shop.folder, `${name}.csv`), text);
    await shop.load([join(shop.folder, `${name}.csv`)]);
  }
});
afterAll(async () => await shop.close());

const period = { period_start: "2025-01-01", period_end: "2025-01-08" };
type Levels = readonly (number | null)[];
const columnOf = async (column: string, given: object = {}): Promise<Levels> =>
  (await shop.query("stock-history", { ...period, ...given })).map((row) => row[column] as number | null);

describe("stock-history", () => {
  it("adds up the ledger by the shop's days, worked out by hand", async () => {
    //                                                    1   2  3  4  5  6   7
    expect(await columnOf("on_hand_quantity")).toEqual([10, 7, 7, 1, 2, 8, 8]);
    expect(await columnOf("sold_quantity")).toEqual([0, 3, 2, 7, 0, 0, 0]);
    expect(await columnOf("returned_quantity")).toEqual([0, 0, 0, 1, 0, 0, 0]);
    expect(await columnOf("restocked_quantity")).toEqual([10, 0, 2, 0, 0, 6, 0]);
    expect(await columnOf("corrected_quantity")).toEqual([0, 0, 0, 0, 1, 0, 0]);
    expect(await columnOf("product_count")).toEqual([1, 1, 2, 2, 2, 2, 2]);
    expect(await columnOf("sold_out_product_count")).toEqual([0, 0, 1, 1, 0, 0, 0]);
  });

  it("narrows to a product, and begins with what earlier days left", async () => {
    expect(await columnOf("on_hand_quantity", { product_id: "hat" })).toEqual([null, null, 0, 0, 1, 1, 1]);
    expect(await columnOf("on_hand_quantity", { brand: "A", period_start: "2025-01-05" })).toEqual([1, 7, 7]);
    expect(await columnOf("on_hand_quantity", { category: "wear" })).toEqual([10, 7, 7, 1, 2, 8, 8]);
  });

  it("keeps the lowest level of a day", async () => {
    const rows = await shop.sql(
      "select lowest_quantity, on_hand_quantity from fct_inventory where product_key = natural_key('coat') and day_on = '2025-01-04'",
    );
    expect(rows).toEqual([{ lowest_quantity: "0", on_hand_quantity: "1" }]);
  });

  it("agrees with a rebuild, and forgets what is undone", async () => {
    const { warehouse, config, clock } = shop.workspace;
    expect((await verify(warehouse, config)).differences).toEqual([]);
    const [newest] = await shop.sql("select max(batch_key) as batch_key from live_batches");
    await undoImport({ warehouse, config, clock }, Number(newest?.batch_key));
    expect(await columnOf("on_hand_quantity")).toEqual([10, 7, 7, 1, 2, 7, 7]);
    expect((await verify(warehouse, config)).differences).toEqual([]);
  });

  it("refuses a movement without a quantity or of an unknown kind, with its line", async () => {
    const path = join(shop.folder, "bad.csv");
    writeFileSync(
      path,
      "movement_id,product_id,moved_at,quantity,movement_type\nx1,coat,2025-01-07T00:00:00Z,,sale\nx2,coat,2025-01-07T00:00:00Z,1,stolen\n",
    );
    await shop.load([path]);
    const rejects = await shop.query("rejects");
    expect(rejects.map((row) => [row.line, row.column_name])).toEqual(
      expect.arrayContaining([
        [2, "quantity"],
        [3, "movement_type"],
      ]),
    );
  });
});

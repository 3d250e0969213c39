import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeCornerShop } from "../../../test/support/corner-shop.ts";
import { openTestShop, type TestShop } from "../../../test/support/shop.ts";
import { readShoppers } from "./read-shoppers.ts";

const cutoff = "2025-03-10";
const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../test/fixtures/corner-shop/${name}.csv`, import.meta.url));

describeCornerShop("what propensity models know", (_, shop) => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-past-"));
  let past: TestShop;

  beforeAll(async () => {
    // The same shop on the eve of the cutoff: nothing later has been written yet.
    const files = ["customers", "products", "orders", "events"].map((name) => {
      const [header = "", ...rows] = readFileSync(fixture(name), "utf8").trim().split("\n");
      const isPast = (row: string): boolean => (/20\d\d-\d\d-\d\dT/.exec(row)?.[0] ?? "") < cutoff;
      const kept = name === "orders" || name === "events" ? rows.filter(isPast) : rows;
      writeFileSync(join(folder, `${name}.csv`), `${[header, ...kept].join("\n")}\n`);
      return join(folder, `${name}.csv`);
    });
    past = await openTestShop({ currency: "GBP", time_zone: "Europe/London" });
    await past.load(files);
  });
  afterAll(async () => {
    await past.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is the same with and without what came on the cutoff and later: nothing leaks but the label", async () => {
    const withoutLabel = (rows: Awaited<ReturnType<typeof readShoppers>>) =>
      rows.map(({ customerKey, row: { label: _, ...features } }) => ({ customerKey, features }));
    const then = await readShoppers(past.workspace.warehouse, cutoff, 30);
    const now = await readShoppers(shop().workspace.warehouse, cutoff, 30);
    expect(then.length).toBeGreaterThan(4);
    expect(withoutLabel(now)).toEqual(withoutLabel(then));
    expect(then.some(({ isOrdering }) => isOrdering)).toBe(false);
    expect(now.some(({ isOrdering }) => isOrdering)).toBe(true);
  });

  it("counts orders before the cutoff and asks for one within the horizon (by hand)", async () => {
    const { warehouse } = shop().workspace;
    const [row] = await warehouse.query(
      "select toString(customer_key) as key from dim_customer where customer_id = 'C01'",
    );
    const find = async (horizonDays: number) =>
      (await readShoppers(warehouse, cutoff, horizonDays)).find(({ customerKey }) => customerKey === row?.key);
    const ada = await find(30);
    // Orders of 5 and 20 January, 10 February and 3 March; the next on 2 April, 23 days after the cutoff.
    expect(ada?.row).toMatchObject({
      order_count: 4,
      order_90_count: 4,
      order_recency_days: 7,
      mean_order_minor: 3250,
    });
    expect(ada?.isOrdering).toBe(true);
    expect((await find(23))?.isOrdering).toBe(false);
  });
});

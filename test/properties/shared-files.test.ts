/** Tables that are too large to be copied by every build: what stays in them is shared, and what goes is masked. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { erasePerson } from "../../src/privacy/index.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const people = 120_000;
const tables = ["fct_sessions", "fct_orders", "fct_order_lines", "dim_customer", "agg_product_daily"];
const header = "event_id,event_at,event_type,customer_id,product_id,price\n";
const noon = Date.UTC(2026, 2, 1, 12);
const at = (minutes: number): string => new Date(noon + minutes * 60_000).toISOString();

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  const bought = Array.from(
    { length: people },
    (_, index) => `h${index},${at(index % 600)},purchase,${index + 1},${index + 1},10`,
  );
  await shop.load([writeFile(shop, "history.csv", `${header}${bought.join("\n")}\n`)]);
}, 120_000);
afterAll(async () => await shop.close());

const countOf = async (table: string): Promise<number> =>
  Number((await shop.sql(`select count() as row_count from ${table}`))[0]?.row_count);
const masked = async (): Promise<readonly unknown[]> =>
  (await shop.sql("select distinct table from stored_parts where has_lightweight_delete order by table"))
    .map(({ table }) => table)
    .filter((table) => tables.includes(String(table)));

it("hold what a full build holds after each load, and count no row that is masked", async () => {
  for (const table of tables) expect(await countOf(table), table).toBe(people);
  expect(await masked()).toEqual([]);
  /** Each load moves the start of sessions that are there, adds to orders and product days, and brings somebody new. */
  for (let round = 0; round < 3; round += 1) {
    const lines = Array.from({ length: 40 }, (_, index) => {
      const person = round * 20 + index * 997 + 1;
      return `r${round}-${index},${at(((person - 1) % 600) + (index % 2 === 0 ? -5 : 3))},${index % 3 === 0 ? "view" : "purchase"},${person},${person},20`;
    });
    lines.push(`new-${round},${at(0)},purchase,${people + round + 1},1,10`);
    await shop.load([writeFile(shop, `round-${round}.csv`, `${header}${lines.join("\n")}\n`)]);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences, `round ${round}`).toEqual([]);
  }
  expect(await masked()).toEqual([...tables].sort());
  const { table_rows } = (
    await shop.sql("select table_rows from ops_refreshes order by refresh_key desc limit 1")
  )[0] as {
    table_rows: Readonly<Record<string, string>>;
  };
  for (const table of tables) expect(Number(table_rows[table]), table).toBe(await countOf(table));
  expect(await countOf("dim_customer")).toBe(people + 3);
}, 240_000);

it("hold nothing that is masked any more once somebody is erased", async () => {
  await erasePerson(shop.workspace, { id: "21" }, { store: null, actor: "ada" });
  expect(await masked()).toEqual([]);
  expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
}, 120_000);

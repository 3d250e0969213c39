import { afterAll, beforeAll, expect, it } from "vitest";
import { malformedRows } from "../../bench/support/malformed.mjs";
import { verify } from "../../src/warehouse/verify.ts";
import { writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterAll(async () => await shop.close());

it("20,000 malformed rows are read, loaded or refused, none lost, each refusal with its place and reason", async () => {
  const path = writeFile(shop, "malformed.csv", Buffer.concat([...malformedRows(20_000, 5)]));
  const [batch] = await shop.load([path], { encoding: "utf-8" });
  expect(batch?.read_rows).toBeGreaterThan(15_000);
  expect(batch?.read_rows).toBe(Number(batch?.loaded_rows) + Number(batch?.rejected_rows));
  const [rejects] = await shop.sql(
    "select toString(count()) as count, toString(uniqExact(source_row)) as rows, countIf(reason = '' or line < 2) as without from ops_rejects",
  );
  expect(rejects).toEqual({ count: String(batch?.rejected_rows), rows: String(batch?.rejected_rows), without: "0" });
  expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
});

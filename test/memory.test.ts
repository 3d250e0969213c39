/** Memory is short: a question that needs more than it may have is refused, what can spill spills, and the shop goes on. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestShop, type TestShop } from "./support/shop.ts";

const mostBytes = 400 * 1024 * 1024;

describe("an engine whose questions may use 400 MB", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop({ engine: { max_memory_bytes: mostBytes, slow_query_ms: 60_000 } });
  });
  afterAll(async () => await shop?.close());

  it("refuses a question that needs more, says so, and answers the next", async () => {
    const { warehouse } = shop.workspace;
    // A list of 200 million numbers of 8 bytes.
    await expect(warehouse.read("select length(groupArray(number)) from numbers(200000000)")).rejects.toMatchObject({
      code: "memory_exceeded",
    });
    expect((await warehouse.read("select sum(number) as total from numbers(4)")).rows).toEqual([{ total: "6" }]);
  });

  it("answers on its disk what does not fit: 25 million groups, whose table doubles to more than there may be", async () => {
    const { rows } = await shop.workspace.warehouse.read(
      "select count() as key_count, sum(key_rows) as row_count from (select number as key, count() as key_rows from numbers(25000000) group by key)",
    );
    expect(rows).toEqual([{ key_count: "25000000", row_count: "25000000" }]);
  });
});

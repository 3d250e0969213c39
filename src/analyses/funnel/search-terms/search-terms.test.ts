import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

describeCornerShop("search-terms", (query) => {
  it("knows no term, visitor or session of the one search", async () => {
    expect(await query("search-terms")).toEqual([term("(unknown)", 1, 0, 0, 0)]);
  });
});

describe("search terms of a small shop", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
    const file = join(shop.folder, "events.csv");
    writeFileSync(
      file,
      `event_at,event_type,customer_id,session_id,product_id,query
2025-01-01T10:00:00Z,search,ann,s1,,Lamp
2025-01-01T10:01:00Z,search,ann,s1,, lamp
2025-01-01T10:02:00Z,purchase,ann,s1,cup,
2025-01-01T11:00:00Z,search,ben,s2,,lamp
2025-01-01T11:01:00Z,search,ben,s2,,rug
2025-01-02T11:00:00Z,purchase,ben,s3,cup,
2025-01-02T12:00:00Z,search,cay,,,rug
2025-01-02T12:05:00Z,purchase,cay,,cup,
`,
    );
    await shop.load([file]);
  });
  afterAll(async () => await shop.close());

  it("counts a term once a session, and a purchase in the same session only", async () => {
    expect(await shop.query("search-terms")).toEqual([term("lamp", 3, 2, 2, 1), term("rug", 2, 2, 2, 1)]);
  });
});

function term(search_term: string, searches: number, visitors: number, sessions: number, purchasing: number): object {
  return {
    search_term,
    search_count: searches,
    visitor_count: visitors,
    session_count: sessions,
    purchasing_session_count: purchasing,
    session_conversion_rate: sessions === 0 ? null : purchasing / sessions,
  };
}

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

describeCornerShop("abandoned-carts", (query) => {
  it("lists carts left for a day, and whether they were bought later", async () => {
    // S2, S3, S5, S8 and S10 buy what they added, S11 takes it out again.
    expect(await query("abandoned-carts")).toEqual([
      row("C01@2025-01-02T09:05:00Z", "C01", "2025-01-02T09:05:00.000Z", 3000, true), // S1, bought in S2
      row("C06@2025-02-02T08:20:00Z", "C06", "2025-02-02T08:20:00.000Z", 2000, true), // S6, bought in S14
    ]);
  });

  it("knows only what happened in the period", async () => {
    const rows = await query("abandoned-carts", { period_end: "2025-03-01" });
    expect(rows.map((one) => [one.customer_id, one.is_recovered])).toEqual([
      ["C01", true],
      ["C06", false],
    ]);
    expect(await query("abandoned-carts", { period_end: "2025-01-03" })).toEqual([]); // not idle for a day yet
  });

  it("leaves out carts that moved on within the idle time", async () => {
    const rows = await query("abandoned-carts", { idle_hours: 100 }); // S2 follows S1 after 73 hours
    expect(rows.map((one) => one.customer_id)).toEqual(["C06"]);
  });
});

describe("abandoned carts across sessions", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
    const file = join(shop.folder, "events.csv");
    writeFileSync(
      file,
      `event_at,event_type,customer_id,session_id,product_id,price,quantity
2025-01-01T10:00:00Z,cart_add,ann,a1,cup,5.00,2
2025-01-01T10:01:00Z,cart_add,ann,a1,pan,20.00,1
2025-01-01T18:00:00Z,cart_add,ann,a2,cup,5.00,1
2025-01-01T18:05:00Z,purchase,ann,a2,pan,20.00,1
2025-01-03T18:05:00Z,cart_add,ann,a3,cup,6.00,1
2025-01-05T09:00:00Z,cart_add,,b1,pan,,1
2025-01-05T09:30:00Z,cart_remove,,b1,cup,,1
2025-01-10T09:00:00Z,view,eve,e1,pan,20.00,1
`,
    );
    await shop.load([file]);
  });
  afterAll(async () => await shop.close());

  it("counts a cart once over two sessions, and an item added again in the later cart", async () => {
    expect(await shop.query("abandoned-carts")).toEqual([
      // The session has no price of its own; the product's newest one counts.
      {
        ...row(
          expect.stringMatching(/^session \d+@2025-01-05T09:00:00Z$/),
          null,
          "2025-01-05T09:30:00.000Z",
          2000,
          false,
        ),
      },
      row("ann@2025-01-03T18:05:00Z", "ann", "2025-01-03T18:05:00.000Z", 600, false),
    ]);
  });

  it("adds up units over sessions while the cart is one", async () => {
    const rows = await shop.query("abandoned-carts", { period_end: "2025-01-03" });
    expect(rows).toMatchObject([{ customer_id: "ann", item_count: 3, value_at_risk_minor: 1500 }]);
  });
});

function row(
  cart_id: unknown,
  customer_id: string | null,
  last_active_at: string,
  value: number,
  isRecovered: boolean,
) {
  return { cart_id, customer_id, last_active_at, item_count: 1, value_at_risk_minor: value, is_recovered: isRecovered };
}

import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("customer-360", (query) => {
  it("tells what a customer did, the newest first", async () => {
    const rows = await query("customer-360", { customer_id: "C03" });
    expect(
      rows.map((row) => [row.occurred_at, row.activity, row.product_id, row.order_id, row.quantity, row.amount_minor]),
    ).toEqual([
      ["2025-04-12T10:00:00.000Z", "order", "P1", "O24", 2, 6000],
      ["2025-02-20T10:00:00.000Z", "return", "P3", "O04", -1, -1000],
      ["2025-01-15T12:01:00.000Z", "purchase", "P4", null, 1, 5000],
      ["2025-01-15T12:01:00.000Z", "order", "P3", "O04", 2, 2000],
      ["2025-01-15T12:01:00.000Z", "order", "P4", "O04", 1, 5000],
      ["2025-01-15T12:00:00.000Z", "view", "P4", null, 1, 5000],
    ]);
    expect(rows[0]).toMatchObject({
      customer_id: "C03",
      customer_name: "Cleo",
      product_name: "Kettle",
      channel: "web",
    });
  });

  it("takes the most valuable customer when none is named", async () => {
    const rows = await query("customer-360", { limit: 1 });
    expect(rows).toMatchObject([{ customer_id: "C01", activity: "order", order_id: "O22" }]);
  });

  it("has nothing to tell of someone there is not", async () => {
    expect(await query("customer-360", { customer_id: "nobody" })).toEqual([]);
  });
});

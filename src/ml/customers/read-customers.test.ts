import { expect, it } from "vitest";
import { describeCornerShop } from "../../../test/support/corner-shop.ts";
import { readCustomers } from "./read-customers.ts";

describeCornerShop("what models know of the customers", (_, shop) => {
  it("is each one's orders before the cutoff, and nothing of what came on it or later (by hand)", async () => {
    const { warehouse } = shop().workspace;
    const ids = await warehouse.query("select toString(customer_key) as key, customer_id as id from dim_customer");
    const idOf = new Map(ids.map((row) => [row.key, row.id]));
    const customers = await readCustomers(warehouse, "2025-03-01");
    const rows = customers.map(({ customerKey, ...known }) => [idOf.get(customerKey), ...Object.values(known)]);
    // Age, recency, orders, repeat days, their mean value, net revenue. C06 has only ordered at a price of zero.
    expect(rows.sort()).toEqual([
      ["C01", 55, 19, 3, 2, 3500, 10_000],
      ["C02", 54, 54, 1, 0, 0, 900],
      ["C03", 45, 45, 1, 0, 0, 6000], // the return of February is known
      ["C04", 29, 29, 1, 0, 0, 3000],
      ["C05", 27, 27, 1, 0, 0, 1000],
      ["C07", 15, 15, 1, 0, 0, 2000], // the return of April is not
    ]);
  });

  it("is nothing before the first order", async () => {
    expect(await readCustomers(shop().workspace.warehouse, "2025-01-05")).toEqual([]);
  });
});

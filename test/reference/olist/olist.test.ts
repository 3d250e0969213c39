import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithData, sharedData } from "../../support/shared-data.ts";
import { openTestShop, type TestShop } from "../../support/shop.ts";

describeWithData(
  "olist",
  "Olist sample of 8,000 orders (figures computed from the files by independent scripts)",
  () => {
    let shop: TestShop;
    beforeAll(async () => {
      shop = await openTestShop({ currency: "BRL" });
      await shop.load([sharedData("olist")]);
    });
    afterAll(async () => await shop.close());

    it("has 8,000 orders by status", async () => {
      const rows = await shop.sql(
        "select status, count() as order_count from fct_orders group by status order by order_count desc",
      );
      expect(rows.map((row) => [row.status, Number(row.order_count)])).toEqual([
        ["delivered", 7773],
        ["shipped", 80],
        ["canceled", 60],
        ["unavailable", 47],
        ["invoiced", 25],
        ["processing", 15],
      ]);
    });

    it("has 7,969 distinct people, 31 with more than one order", async () => {
      const [row] = await shop.sql(`
      select count() as people, countIf(order_count > 1) as returning
      from (select customer_key, count() as order_count from fct_orders where customer_key != 0 group by customer_key)`);
      expect(row).toEqual({ people: "7969", returning: "31" });
    });

    it("has item prices of 1,089,660.09, of which 1,083,746.74 are not cancelled", async () => {
      const [all] = await shop.query("kpi-summary", { include_cancelled: true });
      expect(all?.net_revenue_minor).toBe(108966009);
      const [counted] = await shop.query("kpi-summary");
      expect(counted?.net_revenue_minor).toBe(108374674);
    });

    it("has freight of 182,201.39", async () => {
      const [row] = await shop.sql("select sum(shipping_minor) as shipping_minor from fct_orders");
      expect(row).toEqual({ shipping_minor: "18220139" });
    });

    it("has payments of 1,286,330.90 by four methods, each of a known order", async () => {
      const rows = await shop.sql(`
      select method, count() as payment_count, sum(amount_minor) as amount_minor, min(has_order) as are_matched
      from fct_payments group by method order by payment_count desc`);
      expect(rows.map((row) => [row.method, Number(row.payment_count)])).toEqual([
        ["credit_card", 6192],
        ["boleto", 1564],
        ["voucher", 474],
        ["debit_card", 119],
      ]);
      expect(rows.reduce((sum, row) => sum + Number(row.amount_minor), 0)).toBe(128633090);
      expect(rows.every((row) => row.are_matched === true)).toBe(true);
    });

    it("has revenue by category in English that adds up", async () => {
      const rows = await shop.query("revenue-by-category", { include_cancelled: true });
      expect(rows.reduce((sum, row) => sum + Number(row.net_revenue_minor), 0)).toBe(108966009);
      expect(rows.map((row) => row.category)).toContain("health_beauty");
    });
  },
);

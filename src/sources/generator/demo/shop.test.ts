import { describe, expect, it } from "vitest";
import { createDemoShop } from "./shop.ts";
import type { DemoOrder } from "./types.ts";

const shop = createDemoShop({ seed: 5 });
const { truth } = shop;
const boughtOf = (order: DemoOrder) => order.lines.filter(({ quantity }) => quantity > 0);
const departmentOf = new Map(
  shop.products.map(({ product_id, category }) => [product_id, category.split(".")[0] ?? ""]),
);

describe("the default demo shop", () => {
  it("has the size promised", () => {
    expect(shop.customers).toHaveLength(6_000);
    expect(shop.products).toHaveLength(120);
    expect(new Set(departmentOf.values()).size).toBe(8);
    expect(shop.orders.length).toBeGreaterThan(3_500);
    expect(shop.orders.flatMap(boughtOf).length).toBeGreaterThan(10_000);
    expect(new Set(shop.orders.map(({ channel }) => channel)).size).toBe(5);
    expect(shop.reviews.length).toBeGreaterThan(1_000);
    expect(truth.shop.order_count).toBe(shop.orders.length);
  });

  it("has unique ids, and ids only of things that exist", () => {
    const customers = new Map(shop.customers.map((customer) => [customer.customer_id, customer]));
    const lines = shop.orders.flatMap(({ lines }) => lines);
    expect(customers.size).toBe(shop.customers.length);
    expect(new Set(shop.customers.map(({ email }) => email)).size).toBe(shop.customers.length);
    expect(new Set(shop.products.map(({ name }) => name)).size).toBe(shop.products.length);
    expect(new Set(lines.map(({ line_id }) => line_id)).size).toBe(lines.length);
    expect(lines.every(({ product_id }) => departmentOf.has(product_id))).toBe(true);
    for (const { customer_id, ordered_at } of shop.orders) {
      expect(Date.parse(customers.get(customer_id)?.registered_on ?? "9999-12-31")).toBeLessThanOrEqual(ordered_at);
    }
  });

  it("never sells below cost before discount and never discounts more than the price", () => {
    for (const line of shop.orders.flatMap(({ lines }) => lines)) {
      expect(line.unit_price_minor).toBeGreaterThan(line.unit_cost_minor);
      expect(line.discount_minor).toBeGreaterThanOrEqual(0);
      expect(line.discount_minor).toBeLessThan(Math.abs(line.quantity) * line.unit_price_minor);
    }
  });
});

describe("returns", () => {
  const returned = shop.orders.flatMap((order) =>
    order.lines.filter(({ quantity }) => quantity < 0).map((line) => ({ order, line })),
  );

  it("come after the order, within the planted days, and before the last day ends", () => {
    const { from, to } = truth.returns.days;
    const end = Date.parse(truth.shop.last_day) + 86_400_000;
    expect(returned.length).toBeGreaterThan(300);
    for (const { order, line } of returned) {
      const days = (line.ordered_at - order.ordered_at) / 86_400_000;
      expect(days).toBeGreaterThan(from - 1);
      expect(days).toBeLessThan(to + 1);
      expect(line.ordered_at).toBeLessThan(end);
    }
  });

  it("never give back more pieces or money than were bought", () => {
    for (const { order, line } of returned) {
      const bought = boughtOf(order).find(({ product_id }) => product_id === line.product_id);
      expect(-line.quantity).toBeLessThanOrEqual(bought?.quantity ?? 0);
      expect(line.unit_price_minor).toBe(bought?.unit_price_minor);
      expect(line.discount_minor).toBeLessThanOrEqual(bought?.discount_minor ?? -1);
    }
  });

  it("come back at the planted rate of each category, within 4.5 standard errors", () => {
    const orders = shop.orders.filter(
      ({ status, ordered_at }) =>
        (status === "delivered" || status === "returned") &&
        ordered_at < Date.parse(truth.shop.last_day) - 30 * 86_400_000,
    );
    for (const [department, rate] of Object.entries(truth.returns.rate_by_category)) {
      const lines = orders.flatMap(({ lines }) =>
        lines.filter((line) => departmentOf.get(line.product_id) === department),
      );
      const bought = lines.filter(({ quantity }) => quantity > 0).length;
      const back = lines.length - bought;
      expect(Math.abs(back / bought - rate), department).toBeLessThan(4.5 * Math.sqrt((rate * (1 - rate)) / bought));
    }
  });

  it("make an order returned when, and only when, every piece came back", () => {
    for (const { status, lines } of shop.orders) {
      const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      expect(status === "returned").toBe(pieces === 0);
    }
  });
});

describe("planted truths are there", () => {
  it("pairs have the stated counts and lift when counted again from the orders, and lift well over 1", () => {
    const baskets = shop.orders.map((order) => new Set(boughtOf(order).map(({ product_id }) => product_id)));
    expect(truth.associations.pairs.length).toBe(8);
    for (const pair of truth.associations.pairs) {
      const share = (...products: string[]) =>
        baskets.filter((basket) => products.every((product) => basket.has(product))).length / baskets.length;
      const both = share(pair.antecedent, pair.consequent);
      const lift = both / (share(pair.antecedent) * share(pair.consequent));
      expect(both * baskets.length).toBeCloseTo(pair.pair_count, 6);
      expect(lift).toBeCloseTo(pair.lift ?? Number.NaN, 9);
      expect(lift).toBeGreaterThan(4);
      const error = Math.sqrt((pair.attach_probability * (1 - pair.attach_probability)) / pair.antecedent_count);
      expect(pair.confidence ?? 0).toBeGreaterThan(pair.attach_probability - 4 * error);
    }
  });

  it("seasonal categories sell more in their peak months than in the others, steady ones do not", () => {
    const perMonth = (department: string) => {
      const counts = new Array<number>(12).fill(0);
      const totals = new Array<number>(12).fill(0);
      for (const order of shop.orders) {
        const month = new Date(order.ordered_at).getUTCMonth();
        for (const { product_id } of boughtOf(order)) {
          totals[month] = (totals[month] ?? 0) + 1;
          if (departmentOf.get(product_id) === department) counts[month] = (counts[month] ?? 0) + 1;
        }
      }
      return counts.map((count, month) => count / (totals[month] ?? 1));
    };
    const peakRatio = (department: string, peaks: readonly number[]) => {
      const shares = perMonth(department);
      const mean = (wanted: boolean) => {
        const chosen = shares.filter((_, month) => peaks.includes(month + 1) === wanted);
        return chosen.reduce((sum, share) => sum + share, 0) / chosen.length;
      };
      return mean(true) / mean(false);
    };
    expect(truth.seasons.categories.map(({ category }) => category)).toEqual(["garden", "toys", "sports"]);
    for (const { category, peak_months } of truth.seasons.categories) {
      expect(peakRatio(category, peak_months), category).toBeGreaterThan(1.6);
    }
    expect(peakRatio("home", [11, 12])).toBeLessThan(1.3);
  });

  it("orders follow the planted months and weekdays", () => {
    const count = (isWanted: (date: Date) => boolean) =>
      shop.orders.filter(({ ordered_at }) => isWanted(new Date(ordered_at))).length;
    expect(count((date) => date.getUTCMonth() === 11)).toBeGreaterThan(1.3 * count((date) => date.getUTCMonth() === 1));
    expect(count((date) => date.getUTCDay() === 0)).toBeGreaterThan(1.1 * count((date) => date.getUTCDay() === 5));
  });

  it("segments order in the ratio of their coefficients, within 20 %", () => {
    const rate = (segment: string) => {
      const members = new Set(
        shop.customers.filter((customer) => customer.segment === segment).map((c) => c.customer_id),
      );
      return shop.orders.filter(({ customer_id }) => members.has(customer_id)).length / members.size;
    };
    const { segment_vip, segment_occasional, segment_bargain_hunter } = truth.propensity.coefficients;
    for (const [segment, coefficient] of [
      ["vip", segment_vip],
      ["occasional", segment_occasional],
      ["bargain_hunter", segment_bargain_hunter],
    ] as const) {
      const found = rate(segment) / rate("regular") / Math.exp(coefficient);
      expect(Math.abs(Math.log(found)), segment).toBeLessThan(0.2);
    }
  });

  it("churners order before they stop and never after", () => {
    const stopped = new Map(truth.churners.customers.map((churner) => [churner.customer_id, churner]));
    const counts = new Map<string, number>();
    for (const { customer_id, ordered_at } of shop.orders) {
      const churner = stopped.get(customer_id);
      if (churner === undefined) continue;
      expect(ordered_at).toBeLessThan(Date.parse(churner.churned_on));
      counts.set(customer_id, (counts.get(customer_id) ?? 0) + 1);
    }
    expect(counts.size).toBeGreaterThan(150);
    for (const [customer_id, count] of counts) expect(stopped.get(customer_id)?.order_count).toBe(count);
  });

  it("prices change on the stated day, and only then", () => {
    expect(truth.prices.changes.length).toBeGreaterThan(20);
    for (const line of shop.orders.flatMap(boughtOf)) {
      const changes = truth.prices.changes.filter(({ product_id }) => product_id === line.product_id);
      const done = changes.filter(({ changed_on }) => Date.parse(changed_on) <= line.ordered_at);
      const last = shop.products.find(({ product_id }) => product_id === line.product_id)?.price_minor;
      expect(line.unit_price_minor).toBe(done.at(-1)?.to_price_minor ?? changes[0]?.from_price_minor ?? last);
    }
  });

  it("reviews of better products have higher ratings, and words that agree with them", () => {
    const words = (low: number, high: number, pattern: RegExp) => {
      const chosen = shop.reviews.filter(({ rating }) => low <= rating && rating <= high);
      return chosen.filter(({ body }) => pattern.test(body)).length / chosen.length;
    };
    const praise = /excellent|perfectly|recommend|adore|lovely|superb|delightful|Great value/;
    expect(words(5, 5, praise)).toBeGreaterThan(3 * words(1, 2, praise));
    const quality: Readonly<Record<string, number>> = truth.reviews.quality;
    const mean = (isGood: boolean) => {
      const ratings = shop.reviews.filter(({ product_id }) => (quality[product_id] ?? 0) > 4.3 === isGood);
      return ratings.reduce((sum, { rating }) => sum + rating, 0) / ratings.length;
    };
    expect(mean(true) - mean(false)).toBeGreaterThan(0.3);
  });
});

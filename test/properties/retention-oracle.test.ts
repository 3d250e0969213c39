/**
 * Cohort retention beside its definition in plain loops, on a random small shop imported as files: returns and samples alone,
 * cancelled orders, lines of equal time, a shop whose days are five and a half hours ahead of UTC.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../src/stats/random.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

interface Line {
  readonly order: string;
  readonly customer: number;
  readonly at: number;
  readonly quantity: number;
  readonly price: number;
  readonly isCancelled: boolean;
}

const dayMs = 86_400_000;
const aheadMs = 5.5 * 3_600_000;
const from = Date.UTC(2024, 10, 3);
const spanDays = 130;
const periodEnd = "2025-03-05";

function makeShop(): { lines: Line[]; registrations: Map<number, number> } {
  const random = createRandom(7);
  const lines: Line[] = [];
  const registrations = new Map<number, number>();
  // Half-hours only, so that equal times are common and many lines lie beside midnight.
  const instant = (): number => from + random.integer(0, spanDays * 48) * 1_800_000;
  for (let customer = 1; customer <= 250; customer += 1) {
    if (random.chance(0.8)) registrations.set(customer, instant());
    for (let number = random.integer(0, 5); number > 0; number -= 1) {
      const order = `o${customer}-${number}`;
      const at = instant();
      const isCancelled = random.chance(0.15);
      const sold = random.pick([1, 1, 1, 2, 0]);
      for (let place = 0; place < sold; place += 1) {
        lines.push({
          order,
          customer,
          at,
          quantity: random.integer(1, 3),
          price: random.pick([0, 5, 10]),
          isCancelled,
        });
      }
      if (sold === 0 || random.chance(0.2)) {
        const returnedAt = sold === 0 ? at : at + random.integer(0, 60) * 1_800_000 * 24;
        lines.push({ order, customer, at: returnedAt, quantity: -1, price: 5, isCancelled });
      }
    }
  }
  return { lines, registrations };
}

type Grain = "day" | "week" | "month";
type Asked = { by: "first_order" | "registration"; activity: "order" | "any_line"; grain: Grain };

const dayOf = (instant: number): number => Math.floor((instant + aheadMs) / dayMs);
const textOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

function startOf(day: number, grain: Grain): number {
  const date = new Date(day * dayMs);
  if (grain === "week") return day - ((date.getUTCDay() + 6) % 7);
  return grain === "day" ? day : day - date.getUTCDate() + 1;
}

const nextStart = (start: number, grain: Grain): number =>
  grain === "month" ? startOf(start + 31, grain) : start + (grain === "week" ? 7 : 1);

/** Days on which each customer was active before the period's end. */
function activeDays(lines: readonly Line[], activity: Asked["activity"], endDay: number): Map<number, Set<number>> {
  const days = new Map<number, Set<number>>();
  const add = (customer: number, day: number): void => {
    if (day < endDay) days.set(customer, (days.get(customer) ?? new Set()).add(day));
  };
  if (activity === "any_line") for (const line of lines) add(line.customer, dayOf(line.at));
  else {
    for (const line of lines) {
      // An order is placed at its first line to be paid for, so that line's day is the order's.
      if (!line.isCancelled && line.quantity > 0 && line.price > 0) add(line.customer, dayOf(line.at));
    }
  }
  return days;
}

function expectedRows(shop: ReturnType<typeof makeShop>, asked: Asked, startDay: number, endDay: number): object[] {
  const active = activeDays(shop.lines, asked.activity, endDay);
  const joined =
    asked.by === "registration"
      ? new Map([...shop.registrations].map(([customer, at]) => [customer, dayOf(at)]))
      : new Map([...active].map(([customer, days]) => [customer, Math.min(...days)]));
  const members = [...joined].filter(([, day]) => day >= startDay && day < endDay);
  const starts = [...new Set(members.map(([, day]) => startOf(day, asked.grain)))].sort((a, b) => a - b);
  return starts.flatMap((cohort) => {
    const own = members.filter(([, day]) => startOf(day, asked.grain) === cohort).map(([customer]) => customer);
    const rows: object[] = [];
    for (let start = cohort, index = 0; start < endDay; start = nextStart(start, asked.grain), index += 1) {
      const end = nextStart(start, asked.grain);
      const count = own.filter((customer) =>
        [...(active.get(customer) ?? [])].some((day) => day >= start && day < end),
      );
      const isComplete = end <= endDay;
      rows.push({
        cohort_month: textOf(cohort),
        month_index: index,
        cohort_size: own.length,
        active_customer_count: count.length,
        is_complete: isComplete,
        retention_rate: isComplete ? count.length / own.length : null,
      });
    }
    return rows;
  });
}

describe("cohort retention agrees with plain loops on a random shop", () => {
  const random = makeShop();
  let shop: TestShop;
  let startDay = 0;
  beforeAll(async () => {
    shop = await openTestShop({ time_zone: "Asia/Calcutta" });
    const orders = join(shop.folder, "orders.csv");
    const orderRows = random.lines.map(
      (line) =>
        `${line.order},${line.customer},p,${line.quantity},${line.price},${line.isCancelled ? "cancelled" : "paid"},${new Date(line.at).toISOString()}`,
    );
    writeFileSync(
      orders,
      `order_id,customer_id,product_id,quantity,unit_price,status,ordered_at\n${orderRows.join("\n")}\n`,
    );
    const customers = join(shop.folder, "customers.csv");
    const customerRows = [...random.registrations].map(([customer, at]) => `${customer},${new Date(at).toISOString()}`);
    writeFileSync(customers, `customer_id,registered_on\n${customerRows.join("\n")}\n`);
    await shop.load([orders, customers]);
    const [extent] = await shop.sql("select toString(min(day_on)) as first_on from agg_daily");
    startDay = Date.parse(`${String(extent?.first_on)}T00:00:00Z`) / dayMs;
  });
  afterAll(async () => await shop.close());

  const cases = (["first_order", "registration"] as const).flatMap((by) =>
    (["order", "any_line"] as const).flatMap((activity) =>
      (["day", "week", "month"] as const).map((grain): Asked => ({ by, activity, grain })),
    ),
  );

  it.each(cases)("by $by, activity $activity, grain $grain", async (asked) => {
    const rows = await shop.query("cohort-retention", { ...asked, period_end: periodEnd });
    const endDay = Date.parse(`${periodEnd}T00:00:00Z`) / dayMs;
    // The label repeats cohort_month in words.
    expect(rows.map(({ cohort: _, ...row }) => row)).toEqual(expectedRows(random, asked, startDay, endDay));
  });

  it("never retains more than all", async () => {
    const rows = await shop.query("cohort-retention", { activity: "any_line" });
    for (const row of rows) expect(Number(row.active_customer_count)).toBeLessThanOrEqual(Number(row.cohort_size));
  });
});

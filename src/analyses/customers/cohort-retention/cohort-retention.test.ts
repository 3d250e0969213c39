import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("cohort-retention", (query) => {
  const table = async (given: object): Promise<unknown[][]> => {
    const rows = await query("cohort-retention", { ...given });
    const cohorts = [...new Set(rows.map((row) => row.cohort_month))];
    return cohorts.map((cohort) => {
      const own = rows.filter((row) => row.cohort_month === cohort);
      return [cohort, own[0]?.cohort_size, ...own.map((row) => row.active_customer_count)];
    });
  };

  it("follows cohorts of the first order; the open month has a count and no rate", async () => {
    expect(await query("cohort-retention")).toEqual([
      // C01, C02, C03, C04
      ...cohort("2025-01-01", 4, [4, 1, 2], 3), // February C01; March C01, C02; April C01, C03, C04
      // C05, C07: the sample of C06 is no order
      ...cohort("2025-02-01", 2, [2, 1], 0), // March C05; the return of C07 in April is no order
      // C06, C08, C09
      ...cohort("2025-03-01", 3, [3], 1), // April C08; O26 of C09 is cancelled
      // C10, whose order of 31 March UTC is of 1 April in London
      ...cohort("2025-04-01", 1, [], 1),
    ]);
  });

  it("counts returns, samples and cancelled orders alone with any_line", async () => {
    expect(await table({ activity: "any_line" })).toEqual([
      ["2025-01-01", 4, 4, 2, 2, 3], // February C01 and the return of C03
      ["2025-02-01", 4, 4, 2, 1], // C05, the sample of C06, C07, the return of 12; March C05, C06; April C07
      ["2025-03-01", 2, 2, 2], // C08, C09; April C08 and the cancelled order of C09
      ["2025-04-01", 1, 1],
    ]);
  });

  it("makes cohorts of registrations, customers who never ordered included", async () => {
    expect(await table({ by: "registration" })).toEqual([
      ["2025-01-01", 5, 4, 1, 2, 3], // C01 to C04 and C11
      ["2025-02-01", 4, 2, 2, 0], // C05, C06, C07, 12; March C05, C06
      ["2025-03-01", 1, 1, 0], // C09; the registration of C08 is unknown
      ["2025-04-01", 1, 1], // C10, registered on 31 March UTC
    ]);
  });

  it("closes a month only when the period reaches its end", async () => {
    const open = await query("cohort-retention", { period_end: "2025-01-31" });
    expect(open).toEqual([cell("2025-01-01", 0, 3, 3, false)]); // O05 is of the 31st
    const closed = await query("cohort-retention", { period_end: "2025-02-01" });
    expect(closed).toEqual([cell("2025-01-01", 0, 4, 4, true)]);
  });

  it("asks all history who is new, and shows the cohorts of the period", async () => {
    expect(await table({ period_start: "2025-02-01" })).toEqual([
      ["2025-02-01", 2, 2, 1, 0],
      ["2025-03-01", 3, 3, 1],
      ["2025-04-01", 1, 1],
    ]);
  });

  it("puts customers together by the channel of their first order, as long as each has been seen", async () => {
    const rows = await query("cohort-retention", { by: "channel" });
    expect(rows.map((row) => [row.cohort, row.month_index, row.cohort_size, row.active_customer_count])).toEqual([
      // Web: C01 C03 C04 (January), C05 (February), C06 C08 C09 (March); C10 of April has not seen a month end.
      ["web", 0, 7, 7],
      ["web", 1, 4, 2], // C01 in February, C05 in March
      ["web", 2, 3, 1], // C01 in March
      ["app", 0, 2, 2], // C02 (January), C07 (February)
      ["app", 1, 2, 0],
      ["app", 2, 1, 1], // C02 in March
    ]);
    expect(rows[1]).toMatchObject({ cohort_month: "2025-01-01", is_complete: true, retention_rate: 1 / 2 });
  });

  it("puts customers together by the main product of their first order, and its category", async () => {
    const sizes = async (by: string): Promise<unknown> =>
      (await query("cohort-retention", { by, limit: 3 }))
        .filter((row) => row.month_index === 0)
        .map((row) => [row.cohort, row.cohort_size]);
    // P1: C01 C04 C09; P2: C06 C07, and C10 of open April; P4: C03 (rug 50, lamps 20) and C08.
    expect(await sizes("first_product")).toEqual([
      ["P1", 3],
      ["P2", 2],
      ["P4", 2],
    ]);
    expect(await sizes("first_category")).toEqual([
      ["kitchen.kettles", 3],
      ["kitchen.toasters", 2],
      ["home.rugs", 2],
    ]);
  });

  it("has cohorts of weeks and days", async () => {
    const weeks = await table({ grain: "week", period_end: "2025-01-27" });
    expect(weeks).toEqual([
      ["2024-12-30", 1, 1, 0, 0, 1], // C01, O01 on Sunday 5 January; O02 on Monday 20 January
      ["2025-01-06", 1, 1, 0, 0], // C02
      ["2025-01-13", 1, 1, 0], // C03
    ]);
    const days = await table({ grain: "day", period_start: "2025-01-05", period_end: "2025-01-07" });
    expect(days).toEqual([
      ["2025-01-05", 1, 1, 0],
      ["2025-01-06", 1, 1],
    ]);
  });
});

const names = ["Jan", "Feb", "Mar", "Apr"];

function cell(cohort_month: string, month_index: number, size: number, active: number, is_complete: boolean): object {
  return {
    cohort_month,
    month_index,
    cohort_size: size,
    active_customer_count: active,
    is_complete,
    retention_rate: is_complete ? active / size : null,
    cohort: `${names[Number(cohort_month.slice(5, 7)) - 1]} 2025`,
  };
}

/** The closed months of a cohort, and the open April after them. */
function cohort(cohort_month: string, size: number, closed: readonly number[], open: number): object[] {
  return [
    ...closed.map((active, index) => cell(cohort_month, index, size, active, true)),
    cell(cohort_month, closed.length, size, open, false),
  ];
}

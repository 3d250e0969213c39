import { afterAll, beforeAll, expect, it } from "vitest";
import type { ResultRow } from "../../../src/analyses/run.ts";
import { describeWithData, sharedData } from "../../support/shared-data.ts";
import { openTestShop, type TestShop } from "../../support/shop.ts";
import { binOf, cohortsOf, groupBy, quantile, readRetailLines, retailCustomers, rfmOf } from "./plain-retail.ts";

const file = "uci_online_retail/online_retail.csv.gz";

/** Customers active in each month of each cohort, from the month of the first line on; the last month is of nine days. */
const anyLine = [
  [948, 362, 317, 367, 341, 376, 360, 336, 336, 374, 354, 474, 260],
  [421, 101, 119, 102, 138, 126, 110, 108, 131, 146, 155, 63],
  [380, 94, 73, 106, 102, 94, 97, 107, 98, 119, 35],
  [440, 84, 112, 96, 102, 78, 116, 105, 127, 39],
  [299, 68, 66, 63, 62, 71, 69, 78, 25],
  [279, 66, 48, 48, 60, 68, 74, 29],
  [235, 49, 44, 64, 58, 79, 24],
  [191, 40, 39, 44, 52, 22],
  [167, 42, 42, 42, 23],
  [298, 89, 97, 36],
  [352, 93, 46],
  [321, 43],
  [41],
];

/** The same, of lines with positive quantity and price only. */
const orders = [
  [885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235],
  [417, 92, 111, 96, 134, 120, 103, 101, 125, 136, 152, 49],
  [380, 71, 71, 108, 103, 94, 96, 106, 94, 116, 26],
  [452, 68, 114, 90, 101, 76, 121, 104, 126, 39],
  [300, 64, 61, 63, 59, 68, 65, 78, 22],
  [284, 54, 49, 49, 59, 66, 75, 27],
  [242, 42, 38, 64, 56, 81, 23],
  [188, 34, 39, 42, 51, 21],
  [169, 35, 42, 41, 21],
  [299, 70, 90, 34],
  [358, 86, 41],
  [323, 36],
  [41],
];

const months = [
  748957.02, 560000.26, 498062.65, 683267.08, 493207.12, 723333.51, 691123.12, 681300.11, 682680.51, 1019687.62,
  1070704.67, 1461756.25, 433668.01,
];

const pounds = (value: unknown): number => Number(value) / 100;
const nearest = (amount: number): unknown => expect.closeTo(amount, -0.301); // within 1.00

describeWithData(file, "Online Retail (Chen 2015, UCI 352)", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop({ currency: "GBP" });
    await shop.load([sharedData(file)]);
  });
  afterAll(async () => await shop.close());

  it("has 541,909 rows, each loaded, known before or refused", async () => {
    const [run] = await shop.query("pipeline-runs");
    expect(run).toMatchObject({ read_rows: 541909, state: "loaded" });
    expect(Number(run?.loaded_rows) + Number(run?.duplicate_rows) + Number(run?.rejected_rows)).toBe(541909);
    expect(run).toMatchObject({ loaded_rows: 541909, rejected_rows: 0 });
  });

  it("has 135,080 rows without a customer and 4,372 customers", async () => {
    const [row] = await shop.sql(`
      select countIf(customer_key = 0) as without, uniqExactIf(customer_key, customer_key != 0) as customers,
        uniqExact(order_key) as invoices from fct_order_lines`);
    expect(row).toEqual({ without: "135080", customers: "4372", invoices: "25900" });
  });

  it("has net revenue of 9,747,747.93: gross 10,666,684.54 less refunds 918,936.61", async () => {
    const [row] = await shop.query("kpi-summary");
    expect(pounds(row?.net_revenue_minor)).toEqual(nearest(9747747.93));
    expect(pounds(row?.gross_revenue_minor)).toEqual(nearest(10666684.54));
    expect(pounds(row?.refunds_minor)).toEqual(nearest(918936.61));
  });

  it("has the published revenue of each month", async () => {
    const rows = await shop.query("revenue-over-time");
    expect(rows.map((row) => pounds(row.net_revenue_minor))).toEqual(months.map(nearest));
  });

  it("has 38 countries, the United Kingdom, the Netherlands, EIRE and Germany first", async () => {
    const rows = await shop.query("revenue-by-country");
    expect(rows).toHaveLength(38);
    expect(rows.slice(0, 4).map((row) => [row.country, pounds(row.net_revenue_minor)])).toEqual([
      ["United Kingdom", nearest(8187806.36)],
      ["Netherlands", nearest(284661.54)],
      ["EIRE", nearest(263276.82)],
      ["Germany", nearest(221698.21)],
    ]);
  });

  it.each([
    { activity: "any_line", name: "all rows with a customer", expected: anyLine },
    { activity: "order", name: "positive quantity and price only", expected: orders },
  ])("has the cohorts of first invoice month, $name", async ({ activity, expected }) => {
    const rows = await shop.query("cohort-retention", { activity });
    expect(byCohort(rows, (row) => row.active_customer_count)).toEqual(expected);
    expect(byCohort(rows, (row) => row.cohort_size).map(([size]) => size)).toEqual(expected.map(([size]) => size));
    // December 2011 ends on the 9th: it is open for every cohort.
    expect(rows.filter((row) => row.is_complete === false)).toHaveLength(13);
    expect(rows.filter((row) => row.retention_rate === null)).toHaveLength(13);
  });

  it("has the French basket rules at support 0.07: alarm clocks come in red and green", async () => {
    const rules = await shop.query("association-rules", {
      country: "France",
      min_count: 1,
      min_support_rate: 0.07,
      min_lift: 1,
    });
    const six = (value: number): unknown => expect.closeTo(value, 6);
    const between = (left: string, right: string): unknown =>
      rules.find((rule) => String(rule.antecedent) === left && rule.consequent === right);
    // 22727 ALARM CLOCK BAKELIKE RED, 22726 GREEN
    expect(between("22727", "22726")).toMatchObject({
      rule_count: 31,
      support_rate: six(0.079082),
      confidence_rate: six(0.837838),
      lift: six(8.642959),
    });
    expect(between("22726", "22727")).toMatchObject({ confidence_rate: six(0.815789), lift: six(8.642959) });
  });

  it("finds the pairs and companions that the rules of two products name", async () => {
    const given = { country: "Germany", min_count: 10 };
    const rules = await shop.query("association-rules", { ...given, max_antecedent: 1, min_lift: 0 });
    const pairs = await shop.query("product-pairs", { ...given, limit: 100_000 });
    const keyOf = (one: unknown, other: unknown, count: unknown): string =>
      `${[String(one), String(other)].sort().join(" ")} ${count}`;
    expect([...new Set(rules.map((rule) => keyOf(rule.antecedent, rule.consequent, rule.rule_count)))].sort()).toEqual(
      pairs.map((pair) => keyOf(pair.product_a_id, pair.product_b_id, pair.pair_count)).sort(),
    );
    const product_id = String(rules[0]?.antecedent);
    const companions = await shop.query("frequently-bought-together", { ...given, product_id, limit: 1000 });
    expect(new Set(companions.map((row) => `${row.product_id} ${row.confidence_rate}`))).toEqual(
      new Set(
        rules
          .filter((rule) => String(rule.antecedent) === product_id && Number(rule.lift) > 1)
          .map((rule) => `${rule.consequent} ${rule.confidence_rate}`),
      ),
    );
  });

  it("beside a plain script over the raw file: gives every customer the same RFM, every tier the same sums, every cohort the same counts", async () => {
    const customers = retailCustomers(await readRetailLines(sharedData(file)));
    const codes = rfmOf(customers);
    const scores = await shop.query("rfm-scores");
    const known = new Map(customers.map((one) => [one.customer, one]));
    expect(scores).toHaveLength(customers.length);
    const differing = scores.filter((row) => {
      const own = known.get(String(row.customer_id));
      return (
        row.recency_days !== own?.recency ||
        row.frequency !== own?.frequency ||
        row.monetary_minor !== own?.monetary ||
        row.rfm_code !== codes.get(String(row.customer_id))
      );
    });
    expect(differing).toEqual([]);

    const cuts = [0.25, 0.5, 0.75].map((share) =>
      quantile(
        customers.map((one) => one.monetary),
        share,
      ),
    );
    const tiers = groupBy(customers, (one) => binOf(one.monetary, cuts));
    expect((await shop.query("ltv-tiers")).map((row) => [row.customer_count, row.net_revenue_minor])).toEqual(
      [1, 2, 3, 4].map((tier) => {
        const members = tiers.get(String(tier)) ?? [];
        return [members.length, members.reduce((sum, one) => sum + one.monetary, 0)];
      }),
    );

    const cohorts = cohortsOf(customers);
    const rows = await shop.query("cohort-retention");
    expect(
      Object.fromEntries(
        [...groupBy(rows, (row) => String(row.cohort_month).slice(0, 7))].map(([month, own]) => [
          month,
          own.map((row) => row.active_customer_count),
        ]),
      ),
    ).toEqual(Object.fromEntries(cohorts));
  });

  it("has 4,338 customers with a positive line, whose revenue RFM adds up", async () => {
    const segments = await shop.query("rfm-segments");
    expect(segments.reduce((sum, row) => sum + Number(row.customer_count), 0)).toBe(4338);
    const [first] = await shop.query("rfm-scores", { limit: 1 });
    expect(first).toMatchObject({ customer_id: "14646", m_score: 5 });
  });
});

function byCohort(rows: readonly ResultRow[], value: (row: ResultRow) => unknown): unknown[][] {
  const cohorts = [...new Set(rows.map((row) => row.cohort_month))];
  return cohorts.map((cohort) => rows.filter((row) => row.cohort_month === cohort).map(value));
}

import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/analyses/index.ts";
import { describeCornerShop } from "../../test/support/corner-shop.ts";
import { fixedClock } from "../../test/support/shop.ts";
import { readExtent } from "../warehouse/extent.ts";
import { parseDefinition, parseRule } from "./definition.ts";
import { deleteSegment, findSegment, listSegments, saveSegment } from "./journal.ts";
import { monthStarts, segmentMembers, segmentSize, segmentSizes } from "./members.ts";

const asOf = "2025-04-21";
const everyone = ["12", "C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C10", "C11"];

/** Rules and the customers they hold for, read off the files of the corner shop. */
const leaves: readonly (readonly [words: string, rule: object, customers: string])[] = [
  ["looked at anything", { kind: "events", event_type: "view" }, "C01 C02 C03 C04 C05 C06 C08 C09 C10 C11"],
  ["never looked", { kind: "events", event_type: "view", max_count: 0 }, "12 C07"],
  ["looked twice or more", { kind: "events", event_type: "view", min_count: 2 }, "C01 C08 C11"],
  [
    "looked once at most",
    { kind: "events", event_type: "view", min_count: 0, max_count: 1 },
    "12 C02 C03 C04 C05 C06 C07 C09 C10",
  ],
  ["looked at kitchen ware", { kind: "events", event_type: "view", category: ["kitchen"] }, "C01 C04 C06 C08 C10"],
  ["looked at the rug", { kind: "events", event_type: "view", product_id: ["P4"] }, "C03 C08 C09 C11"],
  ["put into the cart in the app", { kind: "events", event_type: "cart_add", channel: ["app"] }, "C02"],
  ["looked from 1 April, London", { kind: "events", event_type: "view", last_days: 20 }, "C09 C10"],
  ["looked from 2 April, London", { kind: "events", event_type: "view", last_days: 19 }, "C09"],
  ["ordered twice or more", { kind: "orders", min_count: 2 }, "C01 C02 C03 C04 C05 C08 C10"],
  ["ordered once", { kind: "orders", max_count: 1 }, "C06 C07 C09"],
  ["ordered once at most", { kind: "orders", min_count: 0, max_count: 1 }, "12 C06 C07 C09 C11"],
  ["never ordered", { kind: "orders", max_count: 0 }, "12 C11"],
  ["brought 40 pounds", { kind: "orders", min_revenue_minor: 4000 }, "C01 C03 C05 C08"],
  ["brought nothing in the end", { kind: "orders", max_revenue_minor: 0 }, "C07"],
  ["first ordered in spring", { kind: "orders", first_from: "2025-03-01" }, "C06 C08 C09 C10"],
  ["last ordered in winter", { kind: "orders", last_to: "2025-03-01" }, "C07"],
  ["ordered lamps", { kind: "orders", category: ["home.lamps"] }, "C01 C02 C03 C04 C08"],
  ["kept 10 pounds of lamps", { kind: "orders", category: ["home.lamps"], min_revenue_minor: 1000 }, "C01 C03 C08"],
  [
    "ordered a kettle in March",
    { kind: "orders", product_id: ["P1"], from: "2025-03-01", to: "2025-04-01" },
    "C02 C05 C09",
  ],
  ["ordered something of Lumo", { kind: "orders", brand: ["Lumo"] }, "C01 C02 C03 C04 C05 C08 C10"],
  ["ordered in the app", { kind: "orders", channel: ["app"] }, "C01 C02 C07 C10"],
  ["Loyal or Regular", { kind: "rfm", rfm_segment: ["Loyal", "Regular"] }, "C01 C03 C04 C08 C09 C10"],
  ["most recent fifth", { kind: "rfm", r_score: [5] }, "C04 C10"],
  ["recent and frequent", { kind: "rfm", r_score: [3, 4], f_score: [5], m_score: [5] }, "C01"],
  // 0 20 25 | 30 30 | 39 40 | 100 120 180 pounds: quartiles 26.25, 34.50 and 85
  ["lowest quarter", { kind: "tier", tier: ["Bronze"] }, "C06 C07 C10"],
  ["middle", { kind: "tier", tier: ["Silver", "Gold"] }, "C02 C04 C05 C09"],
  ["first ordered in February", { kind: "cohort", month: ["2025-02-01"] }, "C05 C07"],
  ["French", { kind: "country", country: ["France"] }, "12 C03 C04"],
  ["likely to leave", { kind: "score", model: "churn", min_score: 0.5 }, "C07 C11"],
  ["unlikely to buy", { kind: "score", model: "propensity", max_score: 0.2 }, "C01"],
  ["worth 10 pounds a year", { kind: "score", model: "clv", min_score: 1000, max_score: 1000 }, "C02"],
  ["second cluster", { kind: "cluster", cluster: [2] }, "C03"],
];

const words = (customers: string): string[] => customers.split(" ").filter((one) => one !== "");

describeCornerShop("segments", (query, shop) => {
  const warehouse = () => shop().workspace.warehouse;
  const members = async (rule: unknown, day = asOf): Promise<unknown[]> =>
    (await segmentMembers(warehouse(), parseRule(rule), day, 1000, "masked")).map((row) => row.customer_id);
  const save = (name: string, rule: object) => saveSegment(warehouse(), fixedClock(), { name, rule }, "test");

  it("has scores of models for the tests below", async () => {
    const key = (id: string) => `(select customer_key from dim_customer where customer_id = '${id}')`;
    const run = (number: number, model: string) =>
      `insert into ops_model_runs (run_key, model) values (${number}, '${model}')`;
    for (const statement of [
      ...["churn", "propensity", "clv", "customer-segments"].flatMap((model) => [run(1, model), run(2, model)]),
      `insert into prd_churn (run_key, customer_key, score_rate) values (1, ${key("C01")}, 0.9), (2, ${key("C07")}, 0.5), (2, ${key("C11")}, 0.8), (2, ${key("C02")}, 0.49)`,
      `insert into prd_propensity (run_key, customer_key, score_rate) values (2, ${key("C01")}, 0.2), (2, ${key("C02")}, 0.3)`,
      `insert into prd_customer_value (run_key, customer_key, horizon_days, clv_minor) values (2, ${key("C02")}, 365, 1000), (2, ${key("C03")}, 30, 1000), (2, ${key("C03")}, 365, 1001)`,
      `insert into prd_customer_segments (run_key, customer_key, cluster) values (2, ${key("C03")}, 2), (2, ${key("C04")}, 1)`,
    ])
      await warehouse().command(statement);
  });

  it.each(leaves)("%s", async (_, rule, customers) => {
    expect(await members(rule)).toEqual(words(customers));
  });

  it("knows nothing of what happened on or after its day", async () => {
    expect(await members({ kind: "orders" }, "2025-02-01")).toEqual(["C01", "C02", "C03", "C04"]);
    expect(await members({ kind: "orders", to: "2030-01-01" }, "2025-01-06")).toEqual(["C01"]);
    expect(await members({ kind: "rfm", rfm_segment: ["Champions"] }, "2025-02-01")).toEqual(["C01"]);
  });

  it("and, or and not are intersection, union and complement of the sets of their parts", async () => {
    const known = leaves.map(([, rule, customers]) => ({ rule, customers: new Set(words(customers)) }));
    let state = 7;
    const draw = (below: number): number => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    const grow = (depth: number): { rule: object; customers: Set<string> } => {
      const kind = depth === 0 ? 3 : draw(4);
      if (kind === 3) return known[draw(known.length)] ?? { rule: {}, customers: new Set() };
      if (kind === 2) {
        const inner = grow(depth - 1);
        return { rule: { not: inner.rule }, customers: new Set(everyone.filter((one) => !inner.customers.has(one))) };
      }
      const parts = Array.from({ length: 2 + draw(2) }, () => grow(depth - 1));
      const holds = (one: string): boolean =>
        kind === 0 ? parts.every((part) => part.customers.has(one)) : parts.some((part) => part.customers.has(one));
      const rules = parts.map((part) => part.rule);
      return { rule: kind === 0 ? { all: rules } : { any: rules }, customers: new Set(everyone.filter(holds)) };
    };
    for (let round = 0; round < 15; round += 1) {
      const { rule, customers } = grow(3);
      expect(await members(rule), JSON.stringify(rule)).toEqual([...customers].sort());
    }
  });

  it("RFM segments and tiers have the sizes that their analyses show", async () => {
    for (const row of await query("rfm-segments"))
      expect(await members({ kind: "rfm", rfm_segment: [row.rfm_segment] })).toHaveLength(Number(row.customer_count));
    for (const row of await query("ltv-tiers"))
      expect(await members({ kind: "tier", tier: [row.tier] })).toHaveLength(Number(row.customer_count));
  });

  it("has a size, a share of all customers and sizes at the start of each month", async () => {
    const rule = parseRule({ kind: "orders", min_count: 2 });
    expect(await segmentSize(warehouse(), rule, asOf)).toEqual({
      as_of: asOf,
      customer_count: 7,
      customer_share_rate: 7 / 12,
    });
    const sizes = await segmentSizes(warehouse(), rule, await readExtent(warehouse()));
    expect(sizes.map((size) => [size.as_of, size.customer_count])).toEqual([
      ["2025-02-01", 1], // C01
      ["2025-03-01", 1],
      ["2025-04-01", 3], // and C02, C05
      ["2025-04-21", 7],
    ]);
  });

  it("gives its customers with what they brought", async () => {
    expect(
      await segmentMembers(warehouse(), parseRule({ kind: "country", country: ["France"] }), asOf, 2, "whole"),
    ).toEqual([
      {
        customer_id: "12",
        customer_name: "Lou",
        email: "",
        country: "France",
        order_count: 0,
        net_revenue_minor: 0,
        last_order_on: "",
      },
      {
        customer_id: "C03",
        customer_name: "Cleo",
        email: "",
        country: "France",
        order_count: 2,
        net_revenue_minor: 12000,
        last_order_on: "2025-04-12",
      },
    ]);
  });

  it("is saved in versions, listed, and deleted with its history kept", async () => {
    await save("twice", { kind: "orders", min_count: 2 });
    const saved = await save("twice", { kind: "orders", min_count: 3 });
    expect(saved.version).toBe(2);
    expect(saved.history.map(({ definition }) => definition.rule)).toEqual([
      { kind: "orders", min_count: 2 },
      { kind: "orders", min_count: 3 },
    ]);
    await deleteSegment(warehouse(), fixedClock(), "twice", "test");
    expect((await listSegments(warehouse())).map(({ definition }) => definition.name)).not.toContain("twice");
    await expect(findSegment(warehouse(), "twice")).rejects.toThrow('there is no segment "twice"');
    expect((await save("twice", { kind: "orders", min_count: 2 })).version).toBe(4);
  });

  it("narrows every analysis to its customers: the segment of a country equals the filter of that country", async () => {
    await save("french", { kind: "country", country: ["France"] });
    const both = catalogue.filter((one) => one.filters.includes("segment"));
    expect(both.length).toBeGreaterThan(35);
    for (const analysis of both) {
      const given = Object.fromEntries(
        Object.keys(analysis.params).flatMap((name) => (/^min_(count|carts|views)$/.test(name) ? [[name, 1]] : [])),
      );
      const bySegment = await query(analysis.name, { ...given, segment: "french" });
      expect(bySegment, analysis.name).toEqual(await query(analysis.name, { ...given, country: "France" }));
    }
  });

  it("several are those of any of them; one that nobody belongs to leaves nothing", async () => {
    await save("german", { kind: "country", country: ["Germany"] });
    await save("nobody", { kind: "country", country: ["Atlantis"] });
    const count = async (given: object) => (await query("kpi-summary", { ...given }))[0]?.order_count;
    expect(await count({ segment: "french,german" })).toBe(8); // O04 O05 O24 O28, O08 O16 O20 O23
    expect(await count({ segment: "french", channel: "web" })).toBe(4);
    expect(await count({ segment: "nobody" })).toBe(0);
    await expect(query("kpi-summary", { segment: "unheard-of" })).rejects.toThrow('there is no segment "unheard-of"');
  });

  it("binds what a person wrote, however it looks", async () => {
    const nasty = "'); drop table fct_orders; -- {x:String}";
    await save("nasty", { any: [{ kind: "country", country: [nasty, "France"] }] });
    expect((await query("kpi-summary", { segment: "nasty" }))[0]?.order_count).toBe(4);
  });
});

describe("a definition", () => {
  const problem = (rule: unknown): string => {
    try {
      parseRule(rule);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    return "none";
  };

  it("is refused with the place and what it must be", () => {
    expect(problem(3)).toMatch(/^rule must be a condition/);
    expect(problem({ kind: "moon" })).toMatch(/^rule.kind must be one of events, orders, .*got "moon"/);
    expect(problem({ all: [] })).toBe("rule.all must be a list of at least one rule");
    expect(problem({ all: [{ kind: "orders" }], any: [] })).toBe("rule: all stands alone");
    expect(problem({ any: [{ kind: "orders", min_count: -1 }] })).toMatch(/^rule.any.0.min_count: /);
    expect(problem({ kind: "orders", min_count: 3, max_count: 2 })).toBe("rule: min_count 3 is above max_count 2");
    expect(problem({ kind: "orders", max_count: 0, min_revenue_minor: 1 })).toMatch(/with max_count 0/);
    expect(problem({ kind: "orders", last_days: 3, from: "2025-01-01" })).toMatch(/last_days stands alone/);
    expect(problem({ kind: "orders", from: "2025-02-30" })).toMatch(/^rule.from: /);
    expect(problem({ kind: "orders", colour: "red" })).toMatch(/colour/);
    expect(problem({ kind: "rfm", rfm_segment: ["champions"] })).toMatch(/^rule.rfm_segment.0: /);
    const deep = Array.from({ length: 9 }).reduce<object>((inner) => ({ not: inner }), { kind: "orders" });
    expect(problem(deep)).toMatch(/nested deeper than 8 levels/);
    expect(problem({ any: Array.from({ length: 51 }, () => ({ kind: "orders" })) })).toMatch(/51 conditions/);
    expect(() => parseDefinition({ name: "Big Ones", rule: { kind: "orders" } })).toThrow(/small letters/);
  });

  it("takes its title from its name", () => {
    expect(parseDefinition({ name: "new-ones", rule: { kind: "orders" } })).toMatchObject({
      title: "new-ones",
      note: "",
    });
  });
});

it("months of sizes start after the first day and end with the day itself", () => {
  expect(monthStarts("2024-11-30", "2025-02-01", 10)).toEqual(["2024-12-01", "2025-01-01", "2025-02-01"]);
  expect(monthStarts("2024-11-30", "2025-02-02", 2)).toEqual(["2025-02-01", "2025-02-02"]);
});

/** What holds for every analysis in the catalogue, whatever its question. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import type { Analysis, SqlSource } from "../src/analyses/define.ts";
import { pages } from "../src/analyses/define.ts";
import { catalogue } from "../src/analyses/index.ts";
import type { Params } from "../src/analyses/param.ts";
import { sqlOf } from "../src/analyses/run.ts";
import { kinds } from "../src/ingestion/kinds.ts";
import { saveSegment } from "../src/segments/index.ts";
import { eventTypes } from "../src/warehouse/event-types.ts";
import { openScope } from "../src/warehouse/scopes.ts";
import { bindingsOf, readSql } from "../src/warehouse/sql-file.ts";
import { choosersOf, variantsOf } from "./support/analysis-variants.ts";
import { describeCornerShop } from "./support/corner-shop.ts";
import { fixedClock } from "./support/shop.ts";

const folder = (path: string): string => fileURLToPath(new URL(`../src/analyses/${path}`, import.meta.url));
const folderOf = (analysis: Analysis): string => `${analysis.page}/${analysis.name}`;

const filesOf = (source: SqlSource<Params>): URL[] =>
  source instanceof URL ? [source] : "files" in source ? Object.values(source.files) : [];

const defaultsOf = (analysis: Analysis): Record<string, unknown> =>
  Object.fromEntries(Object.entries(analysis.allParams).map(([name, param]) => [name, param.default]));

const sqlTexts = (analysis: Analysis): string[] =>
  variantsOf(analysis).map((given) => sqlOf(analysis, { ...openScope, ...defaultsOf(analysis), ...given }));

it("names every folder in the catalogue, and every analysis has a folder with its SQL, README and test", () => {
  const folders = pages.flatMap((page) =>
    existsSync(folder(page)) ? readdirSync(folder(page)).map((name) => `${page}/${name}`) : [],
  );
  expect(catalogue.map(folderOf).sort()).toEqual(folders.sort());
  for (const analysis of catalogue) {
    const files = readdirSync(folder(folderOf(analysis)));
    expect(files, analysis.name).toEqual(
      expect.arrayContaining([`${analysis.name}.ts`, `${analysis.name}.sql`, `${analysis.name}.test.ts`, "README.md"]),
    );
  }
});

it.each(catalogue)("$name: its README has under 60 lines and the six sections", (analysis) => {
  const text = readFileSync(folder(`${folderOf(analysis)}/README.md`), "utf8");
  expect(text.trimEnd().split("\n").length).toBeLessThan(60);
  expect(text).toContain(`# ${analysis.title}\n`);
  for (const section of ["Question", "Who asks", "How to read it", "Pitfalls", "Definition", "Sources"]) {
    expect(text).toContain(`\n## ${section}\n`);
  }
});

it.each(catalogue)(
  "$name: binds each parameter with its declared type, and uses every declared parameter",
  (analysis) => {
    const bound = new Set<string>();
    for (const sql of sqlTexts(analysis)) {
      for (const [name, type] of bindingsOf(sql)) {
        bound.add(name);
        const declared = analysis.allParams[name];
        if (!declared) expect([...Object.keys(openScope), "time_zone"], `${name} is not declared`).toContain(name);
        // A table is bound as an identifier, and as text where its name is looked up.
        else expect([declared.clickhouseType, ...(name === "table" ? ["String"] : [])]).toContain(type);
      }
    }
    const derived = new Set<string>();
    const noted = new Proxy(defaultsOf(analysis), {
      get: (values, name) => {
        derived.add(String(name));
        return Reflect.get(values, name);
      },
    });
    analysis.derive?.rows([], noted);
    const ownUse = new Set([...bound, ...derived, ...choosersOf(analysis), "compare", "compare_start", "compare_end"]);
    expect(Object.keys(analysis.allParams).filter((name) => !ownUse.has(name))).toEqual([]);
  },
);

it.each(catalogue)(
  "$name: every SQL file says what its rows are; a result lists its columns in a stable order",
  (analysis) => {
    const parts = Object.values(analysis.parts ?? {}).flatMap(filesOf);
    for (const url of [...filesOf(analysis.sql), ...parts]) expect(readSql(url), url.pathname).toMatch(/^-- /);
    for (const url of filesOf(analysis.sql)) {
      const finalSelect =
        readSql(url)
          .split(/^select$/m)
          .at(-1) ?? "";
      expect(finalSelect, "the final select stands alone on its line").not.toMatch(/^\s*\*/m);
      expect(finalSelect).toMatch(/^order by /m);
    }
  },
);

it("knows the kinds of events that files may hold", () => {
  expect(kinds.events.fields.event_type?.values).toEqual(eventTypes);
  const table = readSql(new URL("../src/warehouse/core/fct_events.sql", import.meta.url));
  const enumeration = /event_type Enum8\(([^)]*)\)/.exec(table)?.[1] ?? "";
  expect([...enumeration.matchAll(/'(\w+)' = \d+/g)].map((match) => match[1])).toEqual(eventTypes);
});

describeCornerShop("the catalogue", (query, shop) => {
  beforeAll(async () => {
    const { warehouse } = shop().workspace;
    for (const name of ["web", "app"])
      await saveSegment(warehouse, fixedClock(), { name, rule: { kind: "orders", channel: [name] } }, "test");
  });

  it.each(catalogue)("$name: its columns are the declared ones, whichever SQL runs", async (analysis) => {
    for (const given of variantsOf(analysis)) {
      const rows = await query(analysis.name, given);
      for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(analysis.columns));
    }
  });

  it.each(catalogue.filter((analysis) => analysis.hasPeriod))(
    "$name: a period without anything is an answer, not an error",
    async (analysis) => {
      for (const given of variantsOf(analysis)) {
        const empty = { ...given, period_start: "2020-01-01", period_end: "2020-01-03" };
        await expect(query(analysis.name, empty)).resolves.toBeInstanceOf(Array);
      }
    },
  );

  it.each(catalogue.filter((analysis) => analysis.hasPeriod))(
    "$name: compares with another period",
    async (analysis) => {
      const rows = await query(analysis.name, {
        period_start: "2025-03-01",
        period_end: "2025-04-01",
        compare: "previous",
      });
      for (const row of rows) expect(["current", "previous"]).toContain(row.period);
    },
  );

  it("refuses a column to sort by that is not in the list", async () => {
    await expect(query("top-products", { sort: "1; drop table fct_orders" })).rejects.toThrow(/sort must be one of/);
  });
});

/** Every way in which an analysis can be asked that reads other SQL. */
import type { Analysis, SqlSource } from "../../src/analyses/define.ts";
import type { Params } from "../../src/analyses/param.ts";

/** Names of the parameters by whose value a file is chosen. */
export const choosersOf = (analysis: Analysis): string[] =>
  [analysis.sql, ...Object.values(analysis.parts ?? {})].flatMap((source: SqlSource<Params>) =>
    "by" in source ? [...source.by] : [],
  );

/** Every combination of the choices that decide which SQL runs, with and without filters; `values` of filters, where any will not do. */
export function variantsOf(
  analysis: Analysis,
  values: Readonly<Record<string, readonly string[]>> = {},
): Record<string, unknown>[] {
  const choosers = [...new Set(choosersOf(analysis))];
  const choices = choosers.map((name) => analysis.allParams[name]?.schema.enum ?? []);
  const combinations = choices.reduce<Record<string, unknown>[]>(
    (all, options, place) => all.flatMap((one) => options.map((value) => ({ ...one, [choosers[place] ?? ""]: value }))),
    [{}],
  );
  const narrowed = Object.fromEntries(
    analysis.filters.map((name) => [name, name === "traffic" ? "people" : (values[name] ?? ["web", "app"])]),
  );
  return analysis.filters.length === 0
    ? combinations
    : combinations.flatMap((given) => [given, { ...given, ...narrowed }]);
}

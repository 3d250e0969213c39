/** An analysis as plain data, for the dashboard, the OpenAPI document and the reference pages. */
import { existsSync, readFileSync } from "node:fs";
import { findMetric, type Metric } from "../metrics/index.ts";
import type { JsonSchema } from "./column.ts";
import type { Analysis } from "./define.ts";
import type { Params } from "./param.ts";

export interface DescribedParam {
  readonly name: string;
  readonly kind: string;
  readonly meaning: string;
  readonly default: unknown;
  readonly isRequired: boolean;
  readonly schema: JsonSchema;
}

export interface DescribedAnalysis {
  readonly name: string;
  readonly page: string;
  readonly title: string;
  readonly question: string;
  readonly grain: string;
  readonly hasPeriod: boolean;
  readonly filters: readonly string[];
  readonly datedBy: string | null;
  readonly params: readonly DescribedParam[];
  readonly columns: readonly {
    readonly name: string;
    readonly unit: string;
    readonly meaning: string;
    readonly isNullable: boolean;
  }[];
  /** What is computed from the rows of the SQL; null where the SQL gives the answer itself. */
  readonly derived: string | null;
  readonly chart: unknown;
  /** The model that must be trained first; null for analyses of what happened. */
  readonly trainedModel: string | null;
  readonly metrics: readonly string[];
  /** What changes with the files of an analysis of the workspace's own; left out for the built-in ones. */
  readonly revision?: string;
}

/** The metrics an analysis reports, with their definitions. */
export const metricsOf = ({ metrics }: Analysis): readonly Metric[] =>
  metrics.flatMap((name) => findMetric(name) ?? []);

/** Parameters as plain data. */
export function describeParams(params: Params): DescribedParam[] {
  return Object.entries(params).map(([name, param]) => ({
    name,
    kind: param.kind,
    meaning: param.meaning,
    default: param.default,
    isRequired: param.isRequired,
    schema: param.schema,
  }));
}

/** The analysis with its own parameters; the common ones follow from `hasPeriod` and `filters`. */
export function describeAnalysis(analysis: Analysis): DescribedAnalysis {
  return {
    name: analysis.name,
    page: analysis.page,
    title: analysis.title,
    question: analysis.question,
    grain: analysis.grain,
    hasPeriod: analysis.hasPeriod,
    filters: analysis.filters,
    datedBy: analysis.datedBy ?? null,
    params: describeParams(analysis.params),
    columns: Object.entries(analysis.columns).map(([name, column]) => ({
      name,
      unit: column.unit,
      meaning: column.meaning,
      isNullable: column.isNullable,
    })),
    derived: analysis.derive?.meaning ?? null,
    chart: analysis.chart,
    trainedModel: analysis.training?.model ?? null,
    metrics: analysis.metrics,
    ...(analysis.own ? { revision: analysis.own.revision } : {}),
  };
}

/** Parameters as the properties of a query string in OpenAPI. A default that depends on the data is named, not claimed. */
export const queryProperties = (params: Params): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    Object.entries(params).map(([name, { schema, default: fallback }]) => [
      name,
      typeof fallback === "string" && fallback.includes("_") ? { ...schema, "x-default": fallback } : schema,
    ]),
  );

/** Every parameter an analysis takes, common ones included. */
export const describeAllParams = (analysis: Analysis): DescribedParam[] => describeParams(analysis.allParams);

function firstFile({ sql }: Analysis): URL | undefined {
  if (sql instanceof URL) return sql;
  return "files" in sql ? Object.values(sql.files)[0] : undefined;
}

/** The analysis's README: how to read it, pitfalls, definition; empty while it is not written (a test requires it). */
export function readmeOf(analysis: Analysis): string {
  const url = analysis.own?.readme ?? new URL("./README.md", firstFile(analysis));
  return existsSync(url) ? readFileSync(url, "utf8") : "";
}

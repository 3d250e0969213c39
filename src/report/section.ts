/** What a section of the report is made of. */
import type { ResultRow } from "../analyses/run.ts";
import type { Words } from "./words.ts";

export interface Section {
  readonly id: string;
  readonly title: string;
  /** What the figures say, computed from them. */
  readonly sentence: string;
  /** SVG and tables; empty where there is nothing to draw. */
  readonly body: string;
  /** The analyses it is made of, named below it. */
  readonly analyses: readonly string[];
}

/** What sections are made from: rows of analyses over the report's period and filters. */
export interface ReportSource {
  readonly words: Words;
  readonly period: { readonly from: string; readonly to: string };
  /** Rows of an analysis, the report's period and filters added where the analysis takes them. */
  readonly ask: (analysis: string, given?: Readonly<Record<string, unknown>>) => Promise<readonly ResultRow[]>;
}

/** A figure of a row; null for unknown. */
export function figure(row: ResultRow | undefined, name: string): number | null {
  const value = row?.[name];
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** A figure that cannot be unknown, such as a count; 0 for a row that is not there. */
export const known = (row: ResultRow | undefined, name: string): number => figure(row, name) ?? 0;

export const sum = (rows: readonly ResultRow[], name: string): number =>
  rows.reduce((total, row) => total + known(row, name), 0);

export const textOf = (row: ResultRow | undefined, name: string): string => {
  const value = row?.[name];
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
};

/** The row of the largest value; undefined without rows. */
export const largest = (rows: readonly ResultRow[], name: string): ResultRow | undefined =>
  rows.reduce<ResultRow | undefined>(
    (best, row) => (best === undefined || known(row, name) > known(best, name) ? row : best),
    undefined,
  );

/**
 * Scopes: the warehouse's facts within a period and a reader's filters, as common table expressions that an analysis names
 * like tables (`scoped_lines`). Period and filters are thus written once, and not by each analysis.
 */
import { readSql } from "./sql-file.ts";

interface Scope {
  readonly plain: URL;
  /**
   * Used instead when a filter is given that needs a dimension; two questions are two files. It may name the plain scope as
   * `<facts>_in_period` (`lines_in_period` for `scoped_lines`).
   */
  readonly narrowed?: { readonly sql: URL; readonly by: readonly string[] };
}

const file = (name: string): URL => new URL(`./scopes/${name}.sql`, import.meta.url);

const scopes: Readonly<Record<string, Scope>> = {
  scoped_products: { plain: file("scoped_products") },
  scoped_product_days: {
    plain: file("scoped_product_days"),
    narrowed: { sql: file("scoped_product_days.narrowed"), by: ["channel", "country", "segment", "traffic"] },
  },
  scoped_buyers: { plain: file("scoped_buyers") },
  scoped_customers: { plain: file("scoped_customers") },
  segment_customers: { plain: file("segment_customers") },
  flagged_days: { plain: file("flagged_days") },
  scoped_lines: {
    plain: file("scoped_lines"),
    narrowed: { sql: file("scoped_lines.narrowed"), by: ["brand", "category", "segment", "traffic"] },
  },
  scoped_lines_by_order: {
    plain: file("scoped_lines_by_order"),
    narrowed: { sql: file("scoped_lines_by_order.narrowed"), by: ["brand", "category", "segment", "traffic"] },
  },
  scoped_history_lines: {
    plain: file("scoped_history_lines"),
    narrowed: { sql: file("scoped_history_lines.narrowed"), by: ["brand", "category", "segment", "traffic"] },
  },
  scoped_orders: {
    plain: file("scoped_orders"),
    narrowed: { sql: file("scoped_orders.narrowed"), by: ["brand", "category", "segment", "traffic"] },
  },
  scoped_events: {
    plain: file("scoped_events"),
    narrowed: { sql: file("scoped_events.narrowed"), by: ["brand", "category", "country", "segment", "traffic"] },
  },
  scoped_visitor_days: {
    plain: file("scoped_visitor_days"),
    narrowed: {
      sql: file("scoped_visitor_days.narrowed"),
      by: ["brand", "category", "channel", "country", "segment", "traffic"],
    },
  },
  scoped_sessions: {
    plain: file("scoped_sessions"),
    narrowed: { sql: file("scoped_sessions.narrowed"), by: ["brand", "category", "country", "segment", "traffic"] },
  },
};

/** What scopes bind when an analysis does not offer the parameter: no restriction. */
export const openScope = {
  category: [],
  brand: [],
  channel: [],
  country: [],
  segment: [],
  traffic: "everyone",
  include_cancelled: false,
} as const;

const isGiven = (value: unknown): boolean => value === "people" || (Array.isArray(value) && value.length > 0);

type Values = Readonly<Record<string, unknown>>;

function scopeText(scope: Scope, values: Values): string {
  const isNarrowed = scope.narrowed?.by.some((filter) => isGiven(values[filter])) ?? false;
  return readSql(isNarrowed && scope.narrowed ? scope.narrowed.sql : scope.plain);
}

const inPeriod = (name: string): string => `${name.replace(/^scoped_/, "")}_in_period`;

/**
 * The scopes and `parts` that a text names like tables, each after those it names itself.
 *
 * @param values decide which file of a scope is meant
 * @param parts further expressions by name; one of a scope's name stands in its place
 */
export function expandScopes(
  sql: string,
  values: Values,
  parts: ReadonlyMap<string, () => string> = new Map(),
): ReadonlyMap<string, string> {
  const known = new Map([
    ...Object.entries(scopes).map(([name, scope]) => [name, () => scopeText(scope, values)] as const),
    ...Object.entries(scopes).map(([name, scope]) => [inPeriod(name), () => readSql(scope.plain)] as const),
    ...parts,
  ]);
  const texts = new Map<string, string>();
  const visit = (text: string): void => {
    const code = text.replace(/--.*$/gm, "");
    for (const [name, read] of known) {
      if (texts.has(name) || !new RegExp(`\\b${name}\\b`).test(code)) continue;
      const named = read();
      visit(named);
      texts.set(name, named);
    }
  };
  visit(sql);
  return texts;
}

/** The text with the scopes, and the `parts` of its own, that it names put before it as common table expressions. */
export function withScopes(sql: string, values: Values, parts: ReadonlyMap<string, () => string> = new Map()): string {
  const texts = expandScopes(sql, values, parts);
  if (texts.size === 0) return sql;
  const expressions = [...texts]
    .map(([name, text]) => `${name} as (\n\n${text.replace(/^/gm, "    ")}\n\n)`)
    .join(",\n\n");
  const [, comment = "", body = ""] = /^((?:\s*(?:--[^\n]*\n|\/\*[\s\S]*?\*\/))*)([\s\S]*)$/.exec(sql) ?? [];
  const own = /^\s*with\s+/i.exec(body);
  return own
    ? `${comment}with\n\n${expressions},\n\n${body.slice(own[0].length)}`
    : `${comment}with\n\n${expressions}\n\n${body}`;
}

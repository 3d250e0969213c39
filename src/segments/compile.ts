/**
 * From the rule of a segment to SQL: each condition becomes a common table expression of its own, each value a typed parameter of its
 * own. Only their names are composed (`s1_`, `s2_`, ...); nothing a person wrote becomes part of the text.
 */
import { expandScopes } from "../warehouse/scopes.ts";
import { bindOnly } from "../warehouse/sql-file.ts";
import { conditionQuery } from "./condition-query.ts";
import type { Condition, Rule } from "./definition.ts";

/** What a statement needs that names `segment_customers` like a table. */
export interface CompiledSegment {
  /** Common table expressions by name, `segment_customers` among them: one row per customer, `customer_key`. */
  readonly parts: ReadonlyMap<string, () => string>;
  readonly bindings: Readonly<Record<string, unknown>>;
}

interface Piece {
  readonly name: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly isInverted: boolean;
}

/** The condition's expressions and bindings under names no other condition has. */
function pieceOf(condition: Condition, asOf: string, at: number): Piece {
  const { sql, parts, values, isInverted } = conditionQuery(condition, asOf);
  const prefix = `s${at}_`;
  const steps = expandScopes(sql, values, parts);
  const renamed = (text: string): string =>
    text.replace(/\b\w+\b/g, (word) => (steps.has(word) ? prefix + word : word)).replace(/\{(\w+):/g, `{${prefix}$1:`);
  const whole = [sql, ...steps.values()].join("\n");
  return {
    name: `${prefix}customers`,
    texts: new Map([
      ...[...steps].map(([name, text]) => [prefix + name, renamed(text)] as const),
      [`${prefix}customers`, renamed(sql)],
    ]),
    bindings: Object.fromEntries(
      Object.entries(bindOnly(whole, values)).map(([name, value]) => [prefix + name, value]),
    ),
    isInverted,
  };
}

/**
 * @param rules a customer belongs when one of them holds
 * @param asOf the day the segment is taken on, `YYYY-MM-DD`: only what happened before it counts
 */
export function compileSegment(rules: readonly Rule[], asOf: string): CompiledSegment {
  const pieces: Piece[] = [];
  const test = (rule: Rule): string => {
    if ("all" in rule) return `(${rule.all.map(test).join(" and ")})`;
    if ("any" in rule) return `(${rule.any.map(test).join(" or ")})`;
    if ("not" in rule) return `not ${test(rule.not)}`;
    const piece = pieceOf(rule, asOf, pieces.length + 1);
    pieces.push(piece);
    return `customer_key ${piece.isInverted ? "not in" : "in"} ${piece.name}`;
  };
  const wanted = test({ any: rules });
  const root = `-- Grain: one customer for whom the rule holds.\nselect customer_key\nfrom dim_customer\nwhere ${wanted}`;
  // A common table expression runs again at each mention; a scalar question runs once a statement, so the rule does.
  const once =
    "-- Grain: one customer of the chosen segments.\nselect arrayJoin(bitmapToArray((select groupBitmapState(customer_key) from segment_rule))) as customer_key";
  const texts = new Map([
    ...pieces.flatMap((piece) => [...piece.texts]),
    ["segment_rule", root],
    ["segment_customers", once],
  ]);
  return {
    parts: new Map([...texts].map(([name, text]) => [name, () => text])),
    bindings: Object.assign({}, ...pieces.map((piece) => piece.bindings)) as Record<string, unknown>,
  };
}

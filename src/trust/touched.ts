/** What an analysis's numbers rest on, read from its own SQL: kinds of event, and kinds of row that files and sources bring. */
import type { Analysis } from "../analyses/define.ts";
import { type Values, writtenSql } from "../analyses/run.ts";
import { eventTypes } from "../warehouse/event-types.ts";

export interface Touch {
  readonly eventTypes: ReadonlySet<string>;
  readonly rowKinds: ReadonlySet<string>;
}

const events = /\b(scoped_events|person_events|fct_events)\b/;
const sessions = /\b(scoped_sessions|fct_sessions)\b/;
const eventDays = /\b(scoped_visitor_days|agg_daily|agg_visitor_daily|agg_visitor)\b/;
const productDays = /\b(scoped_product_days|agg_product_daily)\b/;
const orders = /\b(scoped_(orders|buyers|lines|lines_by_order|history_lines)|fct_(orders|order_lines))\b/;

/** Words by which columns of sessions and rollups tell which events they count. */
const words: Readonly<Record<string, RegExp>> = {
  view: /\bview(ing|ed)?_|\bview_count\b/,
  cart_add: /\bcart_/,
  purchase: /purchas/,
};
/** What visits are made of: without them nobody was there. */
const visits = ["view", "page"] as const;

/** Row kinds of tables that hold one kind each. */
const staged: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bfct_payments\b/, ["payments"]],
  [/\b(fct_inventory|stg_stock_movements)\b/, ["stock_movements"]],
  [/\bstg_spend\b/, ["spend"]],
  [/\b(person_reviews|stg_reviews)\b/, ["reviews"]],
  [/\b(person_exposures|stg_exposures)\b/, ["exposures"]],
];

const quoted = (sql: string): readonly string[] => eventTypes.filter((type) => sql.includes(`'${type}'`));
const counted = (sql: string): readonly string[] => Object.keys(words).filter((type) => words[type]?.test(sql));

/** Event kinds among the values, such as the steps of a funnel. */
function chosen(values: Values): readonly string[] {
  const texts = Object.entries(values).flatMap(([name, value]) => (name === "compare" ? [] : [value].flat()));
  return eventTypes.filter((type) => texts.includes(type));
}

/**
 * What an analysis touches with these values.
 *
 * @param ordersFromEvents whether orders are made of purchase events, or come in files of their own
 */
export function touchOf(analysis: Analysis, values: Values, ordersFromEvents: boolean): Touch {
  const sql = writtenSql(analysis, values).replace(/--.*$/gm, "");
  const types = new Set<string>();
  const kinds = new Set<string>();
  const add = (these: readonly string[]): void => {
    for (const type of these) types.add(type);
  };
  const named = [...quoted(sql), ...chosen(values)];
  if (events.test(sql)) add(named.length > 0 ? named : eventTypes);
  if (sessions.test(sql) || productDays.test(sql)) add([...named, ...counted(sql)]);
  if (sessions.test(sql) || eventDays.test(sql)) add(visits);
  if (eventDays.test(sql)) add(counted(sql));
  if (orders.test(sql)) {
    if (ordersFromEvents) add(["purchase", "refund"]);
    else for (const kind of ["orders", "order_lines"]) kinds.add(kind);
  }
  if (types.size > 0) kinds.add("events");
  for (const [table, these] of staged) if (table.test(sql)) for (const kind of these) kinds.add(kind);
  return { eventTypes: types, rowKinds: kinds };
}

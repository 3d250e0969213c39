/** What recommendations are made of, counted in the warehouse up to a day. */
import { CartwrightError } from "../../errors.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../../warehouse/warehouse.ts";
import { type Beside, type Shelf, togetherOf } from "./hybrid.ts";

const sqlOf = (name: string): string => readSql(new URL(`./${name}.sql`, import.meta.url));

/** Share of a pair's weight that counts against the order of time. */
const backward = 0.3;
const mostPopular = 200;
/** Beyond this many products of people, a pair that one person made says nothing, and there are too many of them. */
const manyTouches = 2_000_000;

/** Keys of products out of a column. */
function keysOf(row: Row, name: string): readonly string[] {
  const value = row[name];
  if (Array.isArray(value)) return value.map(String);
  throw new CartwrightError("unexpected_value", `recommendations: ${name} is ${JSON.stringify(value)}, not a list`);
}

const besideOf = (row: Row): readonly [string, Beside] => [
  String(row.product_key),
  { keys: keysOf(row, "neighbour_keys"), weights: keysOf(row, "weights").map(Number) },
];

/**
 * Counts everything that happened before the cutoff.
 *
 * @param cutoff a day as YYYY-MM-DD, shop time zone
 */
export async function readShelf(warehouse: Warehouse, cutoff: string): Promise<Shelf> {
  const people = await warehouse.query(sqlOf("product-people"), { bindings: { cutoff } });
  const touches = people.reduce((sum, row) => sum + Number(row.people_count), 0);
  const fewest = touches > manyTouches ? 2 : 1;
  const counts = await warehouse.query(sqlOf("co-visits"), { bindings: { cutoff, backward, fewest_people: fewest } });
  const similar = await warehouse.query(sqlOf("similar-products"));
  const hasBuyers = people.some((row) => Number(row.recent_buyer_count) > 0);
  const popularity = people
    .map((row) => [String(row.product_key), Number(hasBuyers ? row.recent_buyer_count : row.people_count)] as const)
    .filter(([, count]) => count > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, mostPopular);
  const total = popularity.reduce((sum, [, count]) => sum + count, 0);
  return {
    together: togetherOf(
      new Map(counts.map(besideOf)),
      new Map(people.map((row) => [String(row.product_key), Number(row.people_count)])),
    ),
    similar: new Map(similar.map(besideOf)),
    popular: new Map(popularity.map(([key, count]) => [key, count / total])),
  };
}

/** Share of the people active in the year before the first day who order in [firstDay, endDay). */
export async function readOrderRate(warehouse: Warehouse, firstDay: string, endDay: string): Promise<number> {
  const bindings = { first_day: firstDay, end_day: endDay };
  const { order_rate } = await warehouse.queryOne(sqlOf("order-rate"), { bindings });
  return Number(order_rate);
}

/** Somebody who bought within a window, and what was known of them before it. */
export interface Buyer {
  /** What came true. */
  readonly boughtThen: ReadonlySet<string>;
  readonly boughtBefore: ReadonlySet<string>;
  /** The oldest first. */
  readonly history: readonly string[];
}

/** Those who bought in [firstDay, endDay), up to a number, drawn by a hash. */
export async function readBuyers(
  warehouse: Warehouse,
  firstDay: string,
  endDay: string,
  most: number,
): Promise<readonly Buyer[]> {
  const bindings = { first_day: firstDay, end_day: endDay, most_people: most };
  const rows = await warehouse.query(sqlOf("buyers"), { bindings });
  return rows.map((row) => ({
    boughtThen: new Set(keysOf(row, "bought_then_keys")),
    boughtBefore: new Set(keysOf(row, "bought_before_keys")),
    history: keysOf(row, "history_keys"),
  }));
}

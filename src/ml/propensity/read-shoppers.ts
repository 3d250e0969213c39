/** People with what they did before a day, and whether they order soon after. */
import { CartwrightError } from "../../errors.ts";
import { withScopes } from "../../warehouse/scopes.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../../warehouse/warehouse.ts";
import type { Feature, FeatureMatrix } from "../gbdt/index.ts";

const sql = new URL("./shoppers.sql", import.meta.url);
const everyoneSql = new URL("./everyone.sql", import.meta.url);

/** Features that are numbers. */
export const numericFeatures = [
  "event_count",
  "view_count",
  "cart_count",
  "event_30_count",
  "cart_30_count",
  "event_7_count",
  "product_count",
  "active_span_days",
  "recency_days",
  "tenure_days",
  "session_count",
  "mean_session_seconds",
  "order_count",
  "order_90_count",
  "order_recency_days",
  "mean_order_minor",
  "age",
] as const;
const categoricalFeatures = ["main_category", "preferred_brand", "main_channel", "country"] as const;
/** What the model sees of a person, in the order of the matrix. */
export const shopperFeatures: readonly string[] = [...numericFeatures, ...categoricalFeatures];

export interface Shopper {
  readonly customerKey: string;
  /** Whether an order follows within the horizon; means nothing where the horizon is not over. */
  readonly isOrdering: boolean;
  readonly orderCount: number;
  readonly recencyDays: number;
  readonly row: Row;
}

/** Those of all people whose key leaves `part` when divided by `partCount`. */
export interface PeoplePart {
  readonly part: number;
  readonly partCount: number;
}

/**
 * Everyone active in the year before the cutoff; of days from the cutoff on, only the label knows.
 *
 * @param cutoff a day as YYYY-MM-DD, shop time zone
 */
export async function readShoppers(
  warehouse: Warehouse,
  cutoff: string,
  horizonDays: number,
  { part, partCount }: PeoplePart = { part: 0, partCount: 1 },
): Promise<readonly Shopper[]> {
  return await readAsked(warehouse, everyoneSql, { cutoff, horizon_days: horizonDays, part, part_count: partCount });
}

/**
 * People each as of a day of their own.
 *
 * @param askedSql gives `asked_key` and `cutoff_on`, one row a person
 * @param bindings what it binds, with `horizon_days`, `part` and `part_count`
 */
export async function readAsked(
  warehouse: Warehouse,
  askedSql: URL,
  bindings: Readonly<Record<string, unknown>>,
): Promise<readonly Shopper[]> {
  const statement = withScopes(readSql(sql), {}, new Map([["asked_people", () => readSql(askedSql)]]));
  const rows = await warehouse.query(statement, { bindings });
  return rows.map((row) => ({
    customerKey: String(row.customer_key),
    isOrdering: row.label === 1,
    orderCount: decode(row, "order_count"),
    recencyDays: decode(row, "recency_days"),
    row,
  }));
}

/** A null is NaN; anything but a number is an error. */
function decode(row: Row, name: string): number {
  const value = row[name];
  if (value === null) return Number.NaN;
  if (typeof value === "number") return value;
  throw new CartwrightError("unexpected_value", `shoppers.sql: ${name} is ${JSON.stringify(value)}, not a number`);
}

/** The features, their categories taken from the people the model learns from. */
export function featuresOf(shoppers: readonly Shopper[]): readonly Feature[] {
  const numeric = numericFeatures.map((name): Feature => ({ name, kind: "numeric", monotone: 0 }));
  const categorical = categoricalFeatures.map((name): Feature => {
    const counts = new Map<string, number>();
    for (const { row } of shoppers) {
      const value = row[name];
      if (typeof value === "string") counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const categories = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 255);
    return { name, kind: "categorical", categories: categories.map(([value]) => value) };
  });
  return [...numeric, ...categorical];
}

/** People as rows of a model's features. */
export function matrixOf(shoppers: readonly Shopper[], features: readonly Feature[]): FeatureMatrix {
  const values = new Float64Array(shoppers.length * features.length);
  for (const [column, feature] of features.entries()) {
    const positions =
      feature.kind === "categorical" ? new Map(feature.categories.map((value, position) => [value, position])) : null;
    for (const [index, { row }] of shoppers.entries()) {
      values[index * features.length + column] = positions
        ? (positions.get(String(row[feature.name])) ?? Number.NaN)
        : decode(row, feature.name);
    }
  }
  return { rowCount: shoppers.length, featureCount: features.length, values };
}

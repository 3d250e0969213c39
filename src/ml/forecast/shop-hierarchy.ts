/** A shop's daily amounts as a tree: the whole, its largest categories, and of them its largest products. */
import type { Row } from "../../warehouse/warehouse.ts";

export type Amounts = ReadonlyMap<string, number>;

export interface AmountNode {
  /** `rest`: what its parent holds beside the named parts. */
  readonly dimension: "total" | "category" | "product" | "rest";
  /** The name forecasts are read by. */
  readonly series: string;
  /** By day, as YYYY-MM-DD. */
  readonly days: Amounts;
  readonly parts: readonly AmountNode[];
}

/** How the rest of a dimension is named. */
export const otherSeries = "(other)";

export type Metric = "net_revenue_minor" | "unit_count";

function sumByDay(rows: readonly Row[], metric: Metric): Amounts {
  const amounts = new Map<string, number>();
  for (const row of rows) amounts.set(String(row.day_on), (amounts.get(String(row.day_on)) ?? 0) + Number(row[metric]));
  return amounts;
}

/** What is left of a whole without its parts; null where nothing ever is. */
function restOf(whole: Amounts, parts: readonly AmountNode[]): Amounts | null {
  const rest = new Map(whole);
  for (const { days } of parts) for (const [day, amount] of days) rest.set(day, (rest.get(day) ?? 0) - amount);
  return [...rest.values()].some((amount) => amount !== 0) ? rest : null;
}

function withRest(node: Omit<AmountNode, "parts">, named: readonly AmountNode[]): AmountNode {
  const rest = named.length === 0 ? null : restOf(node.days, named);
  const parts = rest ? [...named, { dimension: "rest", series: otherSeries, days: rest, parts: [] } as const] : named;
  return { ...node, parts };
}

/**
 * @param rows amounts by day and category
 * @param productRows amounts by day of products of those categories
 * @param categories the categories to name
 */
export function shopHierarchy(
  rows: readonly Row[],
  productRows: readonly Row[],
  categories: readonly string[],
  metric: Metric,
): AmountNode {
  const byProduct = new Map<string, Row[]>();
  for (const row of productRows) {
    const own = byProduct.get(String(row.product_id));
    if (own) own.push(row);
    else byProduct.set(String(row.product_id), [row]);
  }
  const products = [...byProduct].map(([series, own]) => ({
    category: String(own[0]?.category),
    node: { dimension: "product", series, days: sumByDay(own, metric), parts: [] } as const,
  }));
  const named = categories.map((category) =>
    withRest(
      {
        dimension: "category",
        series: category,
        days: sumByDay(
          rows.filter((row) => row.category === category),
          metric,
        ),
      },
      products.filter((product) => product.category === category).map(({ node }) => node),
    ),
  );
  return withRest({ dimension: "total", series: "total", days: sumByDay(rows, metric) }, named);
}

/** A node and everything below it, parents before their parts. */
export const nodesOf = (node: AmountNode): readonly AmountNode[] => [node, ...node.parts.flatMap(nodesOf)];

/** Products as a network: who is bought with whom. The area of a product and the width of a line are orders. */
import type { Row } from "../catalogue-types.ts";
import { currentRows, numberOf, textOf } from "../values.ts";
import { baseOption, type ChartContext, cut, type Drawing, isNarrow } from "./drawing.ts";
import { tooltipHtml, tooltipStyle } from "./tooltip.ts";

interface Link {
  readonly row: Row;
  readonly source: string;
  readonly target: string;
  readonly orders: number;
}

interface Node {
  readonly id: string;
  readonly name: string;
  /** Orders over all its lines. */
  readonly orders: number;
  readonly links: number;
}

/** Lines more than which the network is a thicket. */
const mostLinks = 60;

/** The strongest pairs of `product-pairs` as a network. */
export function networkOf(rows: readonly Row[]): { readonly nodes: readonly Node[]; readonly links: readonly Link[] } {
  const links = currentRows(rows)
    .flatMap((row) => {
      const [source, target] = [textOf(row.product_a_id), textOf(row.product_b_id)];
      const orders = numberOf(row.pair_count);
      return source && target && orders ? [{ row, source, target, orders }] : [];
    })
    .toSorted((one, other) => other.orders - one.orders)
    .slice(0, mostLinks);
  const nodes = new Map<string, Node>();
  for (const { row, source, target, orders } of links) {
    for (const [id, name] of [
      [source, textOf(row.product_a_name ?? null) || source],
      [target, textOf(row.product_b_name ?? null) || target],
    ] as const) {
      const known = nodes.get(id);
      nodes.set(id, { id, name, orders: (known?.orders ?? 0) + orders, links: (known?.links ?? 0) + 1 });
    }
  }
  return { nodes: [...nodes.values()].toSorted((one, other) => other.orders - one.orders), links };
}

/** Which product is bought with the most others, and which two are bought together most. */
export function networkSentence(rows: readonly Row[], { format }: ChartContext): string {
  const { nodes, links } = networkOf(rows);
  const [strongest] = links;
  const [hub] = nodes.toSorted((one, other) => other.links - one.links || other.orders - one.orders);
  if (!strongest || !hub) return "";
  const nameOf = (id: string): string => nodes.find((node) => node.id === id)?.name ?? id;
  return `${hub.name} is bought with ${format.count(hub.links)} of the ${format.count(nodes.length)} products shown; the strongest pair is ${nameOf(strongest.source)} and ${nameOf(strongest.target)}, in ${format.count(strongest.orders)} orders.`;
}

export function networkDrawing(rows: readonly Row[], context: ChartContext): Drawing {
  const { tokens, format } = context;
  const { nodes, links } = networkOf(rows);
  const mostOrders = Math.max(1, ...nodes.map(({ orders }) => orders));
  const mostTogether = Math.max(1, ...links.map(({ orders }) => orders));
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
  const pairText = ({ source, target }: Link): string => `${nameOf.get(source)} and ${nameOf.get(target)}`;
  const narrow = isNarrow(context);
  return {
    option: {
      ...baseOption(context),
      animation: false,
      tooltip: {
        trigger: "item",
        ...tooltipStyle(context),
        formatter: (params: unknown) => {
          const { dataType, dataIndex } = Object(params) as { dataType: string; dataIndex: number };
          const link = dataType === "edge" ? links[dataIndex] : undefined;
          if (link)
            return tooltipHtml(pairText(link), [{ label: "Orders with both", value: format.count(link.orders) }]);
          const node = nodes[dataIndex];
          return node
            ? tooltipHtml(node.name, [
                { label: "Bought with", value: `${format.count(node.links)} of these products` },
                { label: "Orders of its pairs", value: format.count(node.orders) },
              ])
            : "";
        },
      },
      series: [
        {
          type: "graph",
          layout: "force",
          // From a circle and without animation the same network always lies the same way.
          force: {
            initLayout: "circular",
            repulsion: narrow ? 150 : 520,
            edgeLength: narrow ? 40 : 90,
            gravity: 0.25,
            layoutAnimation: false,
          },
          roam: "move",
          zoom: 0.75,
          left: 24,
          right: 24,
          top: 24,
          bottom: 24,
          data: nodes.map(({ id, name, orders }, place) => ({
            id,
            name,
            symbolSize: (narrow ? 6 : 10) + (narrow ? 18 : 30) * Math.sqrt(orders / mostOrders),
            label: { show: place < (narrow ? 8 : 24), formatter: cut(name, narrow ? 90 : 150) },
          })),
          links: links.map(({ source, target, orders }) => ({
            source,
            target,
            lineStyle: { width: 1 + 5 * (orders / mostTogether) },
          })),
          label: { position: "right", color: tokens.text, fontSize: 12 },
          itemStyle: { color: tokens.series[0] ?? tokens.accent, borderColor: tokens.surface, borderWidth: 1 },
          lineStyle: { color: tokens.muted, opacity: 0.45, curveness: 0.08 },
          emphasis: { focus: "adjacency", lineStyle: { opacity: 0.9 } },
          labelLayout: { hideOverlap: true },
          cursor: "default",
        },
      ],
    } as Drawing["option"],
    height: narrow ? 420 : 520,
    minWidth: 0,
    points: nodes.map(
      ({ id, name, links: count }) =>
        `${name}: bought with ${format.count(count)} of these, most with ${partnerOf(id, links, nameOf)}`,
    ),
    picks: [],
    zoom: null,
    notes: [
      "Area: orders of its pairs. Width of a line: orders with both.",
      ...(currentRows(rows).length > mostLinks ? [`The ${mostLinks} strongest pairs.`] : []),
    ],
  };
}

/** The product it is bought with most. */
function partnerOf(id: string, links: readonly Link[], nameOf: ReadonlyMap<string, string>): string {
  const link = links.find(({ source, target }) => source === id || target === id);
  if (!link) return "none";
  return nameOf.get(link.source === id ? link.target : link.source) ?? "";
}

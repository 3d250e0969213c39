/** RFM as a grid of recency by frequency: the area of a square is how many customers share the two scores. */
import type { Row } from "../catalogue-types.ts";
import { currentRows, numberOf } from "../values.ts";
import { baseOption, type ChartContext, type Drawing, font, isNarrow } from "./drawing.ts";
import { stepColor, textOn } from "./heat-colors.ts";
import { tooltipHtml, tooltipStyle } from "./tooltip.ts";

export interface RfmCell {
  readonly r: number;
  readonly f: number;
  readonly customers: number;
  /** Mean revenue per customer in minor units; null without customers. */
  readonly meanRevenue: number | null;
}

const scores = [1, 2, 3, 4, 5];

/** All 25 cells, empty ones too, from the rows of `rfm-grid`. */
export function rfmCells(rows: readonly Row[]): readonly RfmCell[] {
  const current = currentRows(rows);
  return scores.flatMap((r) =>
    scores.map((f) => {
      const row = current.find((one) => numberOf(one.r_score) === r && numberOf(one.f_score) === f);
      const customers = numberOf(row?.customer_count) ?? 0;
      const revenue = numberOf(row?.net_revenue_minor);
      return { r, f, customers, meanRevenue: customers === 0 || revenue === null ? null : revenue / customers };
    }),
  );
}

interface RenderApi {
  coord: (point: readonly number[]) => readonly number[];
  size: (span: readonly number[]) => readonly number[];
}

export function rfmGridDrawing(rows: readonly Row[], context: ChartContext): Drawing {
  const { tokens, format } = context;
  const cells = rfmCells(rows);
  const most = Math.max(1, ...cells.map((cell) => cell.customers));
  const total = Math.max(
    1,
    cells.reduce((sum, cell) => sum + cell.customers, 0),
  );
  const revenues = cells.map((cell) => cell.meanRevenue).filter((value) => value !== null);
  const [least, highest] = [Math.min(...revenues), Math.max(...revenues)];
  const axis = (name: string, gap: number): object => ({
    type: "category",
    data: scores.map(String),
    name,
    nameLocation: "middle",
    nameGap: gap,
    nameTextStyle: { color: tokens.muted, fontSize: 12 },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: tokens.text, fontSize: 12 },
  });
  const lines = (cell: RfmCell): { label: string; value: string }[] => [
    { label: "Customers", value: `${format.count(cell.customers)} (${format.rate(cell.customers / total)})` },
    { label: "Revenue per customer", value: format.moneyShort(cell.meanRevenue) },
  ];
  const renderItem = ({ dataIndex }: { dataIndex: number }, api: RenderApi): object | null => {
    const cell = cells[dataIndex];
    if (!cell) return null;
    const [x = 0, y = 0] = api.coord([cell.r - 1, cell.f - 1]);
    const [width = 0, height = 0] = api.size([1, 1]);
    const room = Math.min(width, height) - 6;
    const side = cell.customers === 0 ? 0 : Math.max(6, room * Math.sqrt(cell.customers / most));
    const fill = cell.meanRevenue === null ? tokens.subtle : stepColor(cell.meanRevenue, least, highest, tokens);
    const fits = side >= 34;
    return {
      type: "group",
      children: [
        {
          type: "rect",
          shape: { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2, r: 4 },
          style: { fill: tokens.background, stroke: tokens.line, lineWidth: 1 },
        },
        {
          type: "rect",
          shape: { x: x - side / 2, y: y - side / 2, width: side, height: side, r: 3 },
          style: { fill, stroke: tokens.accent, lineWidth: side > 0 ? 1 : 0 },
        },
        {
          type: "text",
          silent: true,
          style: {
            x,
            y: fits || side === 0 ? y : y + side / 2 + 9,
            text: cell.customers === 0 ? "–" : format.countShort(cell.customers),
            fill: fits ? textOn(fill, tokens) : tokens.muted,
            font: `12px ${font}`,
            align: "center",
            verticalAlign: "middle",
          },
        },
      ],
    };
  };
  return {
    option: {
      ...baseOption(context),
      grid: { left: 48, right: 8, top: 8, bottom: 44 },
      xAxis: axis("Recency score (5: ordered most recently)", 28),
      yAxis: axis(isNarrow(context) ? "Frequency score" : "Frequency score (5: orders most often)", 28),
      tooltip: {
        trigger: "item",
        ...tooltipStyle(context),
        formatter: (params: unknown) => {
          const cell = cells[Number(Reflect.get(Object(params), "dataIndex"))];
          return cell ? tooltipHtml(`R ${cell.r}, F ${cell.f}`, lines(cell)) : "";
        },
      },
      series: [
        {
          type: "custom",
          data: cells.map((cell) => [cell.r - 1, cell.f - 1, cell.customers]),
          encode: { x: 0, y: 1 },
          renderItem,
        },
      ],
    } as unknown as Drawing["option"],
    height: 380,
    minWidth: 0,
    points: cells.map(
      (cell) =>
        `R ${cell.r}, F ${cell.f}: ${lines(cell)
          .map((line) => `${line.label} ${line.value}`)
          .join("; ")}`,
    ),
    picks: [],
    sourceOf: (point) => {
      const cell = cells[point];
      return cell ? { r_score: cell.r, f_score: cell.f } : null;
    },
    zoom: null,
    notes: ["Area: customers. Shade: revenue per customer."],
  };
}

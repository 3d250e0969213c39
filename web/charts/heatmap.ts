/** Heat maps, cohorts among them: a triangle of cells with hatched open ones and sizes in the first column. */
import type { ChartOf, Row } from "../catalogue-types.ts";
import { columnOf, currentRows, labelOf } from "../values.ts";
import { baseOption, type ChartContext, cut, type Drawing, font, hatch, isNarrow } from "./drawing.ts";
import { stepColor, textOn } from "./heat-colors.ts";
import { axisWord, type Cell, type Cells, cellsOf } from "./heatmap-cells.ts";
import { tooltipHtml, tooltipStyle } from "./tooltip.ts";

interface RenderApi {
  value: (index: number) => number;
  coord: (point: readonly number[]) => readonly number[];
  size: (span: readonly number[]) => readonly number[];
}

function cellShape(cell: Cell, drawn: Cells, context: ChartContext, api: RenderApi, text: string): object {
  const { tokens } = context;
  const [centreX = 0, centreY = 0] = api.coord([cell.x, cell.y]);
  const [width = 0, height = 0] = api.size([1, 1]);
  const isBase = drawn.hasBaseColumn && cell.x === 0;
  const fill = cell.value === null || isBase ? tokens.subtle : stepColor(cell.value, drawn.least, drawn.most, tokens);
  const box = {
    x: centreX - width / 2 + 1,
    y: centreY - height / 2 + 1,
    width: Math.max(1, width - 2),
    height: Math.max(1, height - 2),
    r: 3,
  };
  const hasRoom = width >= 26 && height >= 18;
  return {
    type: "group",
    children: [
      {
        type: "rect",
        shape: box,
        style: {
          fill,
          ...(cell.isOpen ? { decal: hatch(`${tokens.muted}66`), stroke: tokens.muted, lineWidth: 0.5 } : {}),
        },
        emphasis: { style: { stroke: tokens.text, lineWidth: 1.5 } },
      },
      ...(hasRoom && text !== ""
        ? [
            {
              type: "text",
              silent: true,
              z2: 10,
              style: {
                x: centreX,
                y: centreY,
                text,
                fill: textOn(fill, tokens),
                font: `12px ${font}`,
                align: "center",
                verticalAlign: "middle",
                ...(cell.isOpen ? { backgroundColor: fill, padding: [1, 3], borderRadius: 2 } : {}),
              },
            },
          ]
        : []),
    ],
  };
}

export function heatmapDrawing(chart: ChartOf<"heatmap">, rows: readonly Row[], context: ChartContext): Drawing {
  const { tokens, format, entry } = context;
  const drawn = cellsOf(chart, rows, context);
  const value = columnOf(entry, chart.value);
  const size = chart.size === undefined ? null : columnOf(entry, chart.size);
  const narrow = isNarrow(context);
  const isRate = value.unit === "rate";
  const cellText = (cell: Cell): string => {
    if (cell.value === null) return cell.isOpen ? "" : "–";
    return isRate ? format.rate(cell.value).replace(/\u00a0%$/, "") : format.short(value, cell.value);
  };
  const told = (cell: Cell): string => {
    const known = cell.value === null ? (cell.isOpen ? "not over yet" : "unknown") : format.value(value, cell.value);
    return cell.isOpen && cell.value !== null ? `${known} so far` : known;
  };
  const rowLabel = (index: number): string => drawn.rows[index]?.label ?? "";
  const columnLabel = (index: number): string => `${axisWord(chart.x, context.grain)} ${drawn.columns[index] ?? ""}`;
  const longest = Math.max(...drawn.rows.map((row) => row.label.length), 4);
  const labelWidth = Math.min(narrow ? 96 : 160, longest * 7 + 8);
  const sizeWidth = size ? 64 : 0;
  const height = Math.max(1, drawn.rows.length) * 30 + 32;
  return {
    option: {
      ...baseOption(context),
      grid: { left: labelWidth + sizeWidth + 8, right: 4, top: 28, bottom: 4 },
      xAxis: {
        type: "category",
        position: "top",
        data: drawn.columns,
        axisLine: { show: false },
        axisTick: { show: false },
        splitArea: { show: false },
        axisLabel: {
          color: tokens.muted,
          fontSize: 12,
          interval: drawn.columns.length > 40 ? "auto" : 0,
          hideOverlap: true,
        },
      },
      yAxis: {
        type: "category",
        inverse: true,
        data: drawn.rows.map((row) => row.key),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          fontSize: 12,
          margin: 8,
          formatter: (_key: string, index: number) => {
            const label = `{name|${cut(rowLabel(index), labelWidth)}}`;
            return size ? `${label}{size|${format.short(size, drawn.rows[index]?.size)}}` : label;
          },
          rich: {
            name: { width: labelWidth, align: "left", color: tokens.text, fontSize: 12 },
            size: { width: sizeWidth, align: "right", color: tokens.muted, fontSize: 12 },
          },
        },
      },
      tooltip: {
        trigger: "item",
        ...tooltipStyle(context),
        formatter: (params: unknown) => {
          const cell = drawn.cells[Number(Reflect.get(Object(params), "dataIndex"))];
          if (!cell) return "";
          const count = drawn.rows[cell.y]?.size ?? null;
          return tooltipHtml(`${rowLabel(cell.y)}, ${columnLabel(cell.x).toLowerCase()}`, [
            { label: labelOf(chart.value), value: told(cell) },
            ...(size ? [{ label: labelOf(size.name), value: format.value(size, count) }] : []),
          ]);
        },
      },
      series: [
        {
          type: "custom",
          data: drawn.cells.map((cell) => ({ value: [cell.x, cell.y, cell.value], isOpen: cell.isOpen })),
          encode: { x: 0, y: 1 },
          renderItem: ({ dataIndex }: { dataIndex: number }, api: RenderApi) => {
            const cell = drawn.cells[dataIndex];
            return cell ? cellShape(cell, drawn, context, api, cellText(cell)) : null;
          },
        },
      ],
    } as unknown as Drawing["option"],
    height,
    minWidth: labelWidth + sizeWidth + 8 + drawn.columns.length * (isRate ? 44 : 28),
    points: drawn.cells.map((cell) => `${rowLabel(cell.y)}, ${columnLabel(cell.x).toLowerCase()}: ${told(cell)}`),
    picks: [],
    sourceOf: (point) => currentRows(rows)[point] ?? null,
    zoom: null,
    notes: [
      ...(isRate ? ["Cells are per cent."] : []),
      ...(drawn.cells.some((cell) => cell.isOpen)
        ? ["Hatched: the period is not over, so the figure is unknown or will still grow."]
        : []),
    ],
  };
}

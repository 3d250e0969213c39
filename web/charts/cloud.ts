/** Customers as a cloud over recency, frequency and money, which can be turned. */
import type { Row } from "../catalogue-types.ts";
import { columnOf, currentRows, labelOf, numberOf, textOf } from "../values.ts";
import { baseOption, type ChartContext, type Drawing, font, isNarrow } from "./drawing.ts";
import { edges, type Place, projected, type Turn } from "./projection.ts";
import { needsLog } from "./scatter.ts";
import { tooltipHtml, tooltipStyle } from "./tooltip.ts";

const measures = ["recency_days", "frequency", "monetary_minor"] as const;
const firstTurn: Turn = { around: 32, above: 22 };
/** Half of what the turned box takes of the paper, in half edges. */
const reach = { across: 2.1, up: 1.95 };

interface Axis {
  readonly isLog: boolean;
  readonly least: number;
  readonly most: number;
}

function axisOf(values: readonly number[]): Axis {
  const isLog = needsLog(values.filter((value) => value > 0));
  const kept = isLog ? values.filter((value) => value > 0) : values;
  return { isLog, least: Math.min(...kept), most: Math.max(...kept) };
}

/** From -1 at the least value to 1 at the most; null off a logarithmic axis. */
function placeOn({ isLog, least, most }: Axis, value: number): number | null {
  if (isLog && value <= 0) return null;
  const scale = isLog ? Math.log : (number: number) => number;
  const span = scale(most) - scale(least);
  return span === 0 ? 0 : (2 * (scale(value) - scale(least))) / span - 1;
}

interface RenderApi {
  coord: (point: readonly number[]) => readonly number[];
}

/** Rows of `rfm-scores`; customers off a logarithmic axis are left out, and the notes say how many. */
export function rfmCloudDrawing(rows: readonly Row[], context: ChartContext): Drawing {
  const { tokens, format, entry, colorOf, width } = context;
  const height = isNarrow(context) ? 360 : 420;
  const known = currentRows(rows).flatMap((row) => {
    const values = measures.map((name) => numberOf(row[name]));
    return values.includes(null) ? [] : [{ row, values: values as number[], group: textOf(row.rfm_segment) ?? "–" }];
  });
  const axes = measures.map((_, axis) => axisOf(known.map(({ values }) => values[axis] ?? 0)));
  const shown = known.flatMap(({ row, values, group }) => {
    const [x, y, z] = axes.map((axis, at) => placeOn(axis, values[at] ?? 0));
    const isOn = typeof x === "number" && typeof y === "number" && typeof z === "number";
    return isOn ? [{ row, group, place: [x, y, z] as const }] : [];
  });
  const groups = [...new Set(shown.map(({ group }) => group))].sort();
  const members = groups.map((group) => shown.filter((point) => point.group === group));
  const facts = (row: Row): { label: string; value: string }[] =>
    [...measures, "rfm_segment"].flatMap((name) => {
      const column = columnOf(entry, name);
      return column ? [{ label: labelOf(name), value: format.value(column, row[name]) }] : [];
    });
  const titleOf = (row: Row): string => textOf(row.customer_name ?? null) || (textOf(row.customer_id) ?? "");
  const words = (axis: number, value: number): string => {
    const column = columnOf(entry, measures[axis] ?? "");
    return column ? format.short(column, value) : "";
  };

  /** The edges with names and ends of the three axes that meet in the lower front corner. */
  const box = (turn: Turn): object => ({
    type: "custom",
    name: "box",
    silent: true,
    z: 1,
    data: [0],
    renderItem: (_: unknown, api: RenderApi): object => {
      const at = (place: Place): readonly number[] => api.coord(projected(place, turn));
      const text = (place: Place, told: string, isName: boolean): object => {
        const [x = 0, y = 0] = at(place);
        return {
          type: "text",
          style: {
            x,
            y,
            text: told,
            fill: isName ? tokens.text : tokens.muted,
            font: `12px ${font}`,
            align: "center",
            verticalAlign: "middle",
          },
        };
      };
      const lines = edges.map(([from, to]) => {
        const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [at(from), at(to)];
        return { type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: tokens.line, lineWidth: 1 } };
      });
      const [recency, frequency, money] = axes;
      if (!recency || !frequency || !money) return { type: "group", children: lines };
      const out = 1.16;
      return {
        type: "group",
        children: [
          ...lines,
          text([0, -out, -out], labelOf(measures[0]), true),
          text([-0.9, -out, -out], words(0, recency.least), false),
          text([0.9, -out, -out], words(0, recency.most), false),
          text([out, 0, -out], labelOf(measures[1]), true),
          text([out, -0.8, -out], words(1, frequency.least), false),
          text([out, 0.9, -out], words(1, frequency.most), false),
          text([-out, -out, 0.15], labelOf(measures[2]), true),
          text([-out, -out, -0.85], words(2, money.least), false),
          text([-out, -out, 1], words(2, money.most), false),
        ],
      };
    },
  });
  const series = (turn: Turn): object[] => [
    box(turn),
    ...groups.map((group, index) => ({
      type: "scatter",
      name: group,
      data: (members[index] ?? []).map(({ place }) => projected(place, turn)),
      symbolSize: shown.length > 2000 ? 4 : 7,
      itemStyle: { color: colorOf("rfm_segment", group), opacity: 0.7 },
      cursor: "default",
    })),
  ];
  const room = Math.max(1, width) / (height - 64);
  const across = Math.max(reach.across, reach.up * room);
  return {
    option: {
      ...baseOption(context),
      animation: false,
      grid: { left: 0, right: 0, top: 64, bottom: 0 },
      xAxis: { type: "value", min: -across, max: across, show: false },
      yAxis: { type: "value", min: -across / room, max: across / room, show: false },
      legend: {
        type: isNarrow(context) ? "scroll" : "plain",
        top: 0,
        left: 0,
        icon: "circle",
        itemWidth: 10,
        itemHeight: 10,
        data: groups,
        textStyle: { color: tokens.text, fontSize: 12 },
        inactiveColor: tokens.muted,
      },
      tooltip: {
        trigger: "item",
        ...tooltipStyle(context),
        formatter: (params: unknown) => {
          const { seriesIndex, dataIndex } = Object(params) as { seriesIndex: number; dataIndex: number };
          const point = members[seriesIndex - 1]?.[dataIndex];
          return point ? tooltipHtml(titleOf(point.row), facts(point.row)) : "";
        },
      },
      series: series(firstTurn),
    } as Drawing["option"],
    height,
    minWidth: 0,
    points: (members[0] ?? []).slice(0, 200).map(
      ({ row }) =>
        `${titleOf(row)}: ${facts(row)
          .map(({ label, value }) => `${label} ${value}`)
          .join("; ")}`,
    ),
    firstSeries: 1,
    picks: [],
    zoom: null,
    turning: { first: firstTurn, turned: (turn) => ({ series: series(turn) }) as Drawing["option"] },
    notes: [
      ...axes.flatMap(({ isLog }, axis) => (isLog ? [`${labelOf(measures[axis] ?? "")} is logarithmic.`] : [])),
      ...(shown.length < known.length
        ? [`Without ${format.count(known.length - shown.length)} who brought no money.`]
        : []),
    ],
  };
}

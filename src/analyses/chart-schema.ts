/** Charts as data, for those that are read rather than compiled: whether they name columns of their analysis is told apart. */
import { z } from "zod";
import type { AnyChart } from "./chart.ts";
import type { Unit } from "./column.ts";

const name = z.string().min(1).max(80);

/** The shapes of `Chart`, column names unchecked. */
export const chartSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("table") }),
  z.strictObject({ kind: z.literal("tiles"), tiles: z.array(name).min(1) }),
  z.strictObject({
    kind: z.literal("line"),
    x: name,
    y: z.union([name, z.array(name).min(1)]),
    series: name.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("forecast"),
    x: name,
    y: name,
    lower: name,
    upper: name,
    expected: name,
    series: name,
  }),
  z.strictObject({ kind: z.literal("curve"), x: name, y: z.array(name).min(1), lower: name, upper: name }),
  z.strictObject({ kind: z.literal("bar"), x: name, y: name, horizontal: z.boolean().exactOptional() }),
  z.strictObject({ kind: z.literal("funnel"), step: name, value: name, rate: name }),
  z.strictObject({
    kind: z.literal("heatmap"),
    x: name,
    y: name,
    value: name,
    complete: name.exactOptional(),
    size: name.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("scatter"),
    x: name,
    y: name,
    size: name.exactOptional(),
    series: name.exactOptional(),
  }),
  z.strictObject({ kind: z.literal("leaderboard"), label: name, value: name, lower: name.exactOptional() }),
]) satisfies z.ZodType<AnyChart>;

/** The columns a chart names, with the field that names each. */
export function columnsOfChart({ kind: _kind, ...fields }: AnyChart): readonly (readonly [string, string])[] {
  return Object.entries(fields).flatMap(([field, value]) =>
    [value].flat().flatMap((one) => (typeof one === "string" ? [[field, one] as const] : [])),
  );
}

const figures: readonly Unit[] = ["count", "money", "rate", "number", "seconds", "days", "years", "bytes"];
const days: readonly Unit[] = ["day", "month"];
const texts: readonly Unit[] = ["text"];
const flags: readonly Unit[] = ["flag"];

/** The units a chart can draw in each of its fields; a field that is not named takes any. */
const unitsOfFields: Readonly<Record<AnyChart["kind"], Readonly<Record<string, readonly Unit[]>>>> = {
  table: {},
  tiles: { tiles: figures },
  line: { x: days, y: figures, series: texts },
  forecast: { x: days, y: figures, lower: figures, upper: figures, expected: flags, series: texts },
  curve: { x: figures, y: figures, lower: figures, upper: figures },
  bar: { y: figures },
  funnel: { step: texts, value: figures, rate: ["rate"] },
  heatmap: { value: figures, complete: flags, size: figures },
  scatter: { x: figures, y: figures, size: figures, series: texts },
  leaderboard: { label: texts, value: figures, lower: figures },
};

/** The units a field of a chart can draw; null where it takes any. */
export const unitsOf = (kind: AnyChart["kind"], field: string): readonly Unit[] | null =>
  unitsOfFields[kind][field] ?? null;

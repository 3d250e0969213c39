/** How things stand with the data: what dropped, what is against the plan, when each source is late. Read once per data version. */
import type { Analysis } from "../analyses/define.ts";
import { findAnalysis } from "../analyses/index.ts";
import { type AnalysisContext, type ResultRow, runAnalysis, type Values } from "../analyses/run.ts";
import { CartwrightError } from "../errors.ts";
import { addDays, dayIn } from "../warehouse/day-range.ts";
import { dayAfterLast } from "../warehouse/extent.ts";
import type { Notice } from "./notice.ts";
import { touchOf } from "./touched.ts";

interface Late {
  readonly source_name: string;
  readonly kind: string;
  readonly last_at: string;
  readonly longest_seconds: number;
  readonly stale_after_seconds: number;
}

export interface Standing {
  readonly notices: readonly Notice[];
  /** Sources with a usual pause: whether one is late is asked with the time. */
  readonly sources: readonly Late[];
  readonly ordersFromEvents: boolean;
  readonly timeZone: string;
}

export const nothingKnown: Standing = { notices: [], sources: [], ordersFromEvents: false, timeZone: "UTC" };

/** Days back from the last whose violations are told. */
const violationDays = 7;
/** A smaller share of an event's messages harms no number that anybody would notice. */
const fewestShare = 0.01;
const fewestMessages = 5;
/** Those that leave a number without what it is computed from. */
const harmful: Readonly<Record<string, (property: string) => string>> = {
  missing_property: (property) => `lack ${property}`,
  wrong_type: (property) => `have a ${property} of another type than planned`,
  value_not_allowed: (property) => `have a ${property} that the plan does not allow`,
};

const dayWords = (on: string): string =>
  new Date(`${on}T00:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
const percent = (share: number): string => {
  const rounded = Math.round(share * 100);
  return rounded === 100 && share < 1 ? "more than 99 %" : `${rounded} %`;
};
const secondsOf = { hour: 3600, day: 86_400 } as const;
const pauseWords = (seconds: number): string => {
  const [unit, size] = seconds >= 2 * secondsOf.day ? (["day", secondsOf.day] as const) : (["hour", 3600] as const);
  const count = Math.max(1, Math.round(seconds / size));
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
};

async function rowsOf(context: AnalysisContext, name: string, given: Values): Promise<readonly ResultRow[]> {
  const analysis = findAnalysis(name);
  if (!analysis) throw new CartwrightError("internal", `there is no analysis ${name}`);
  return (await runAnalysis(context, analysis, given)).rows;
}

const drops = (rows: readonly ResultRow[]): readonly Notice[] =>
  rows
    .filter((row) => row.is_drop)
    .map((row) => ({
      kind: "drop" as const,
      message: `${row.event_type} events are down ${percent(-Number(row.change_rate))} since ${dayWords(String(row.since_on))}`,
      event_types: [String(row.event_type)],
      row_kinds: [],
      since_on: String(row.since_on),
      until_on: null,
    }));

const violations = (rows: readonly ResultRow[]): readonly Notice[] =>
  rows.flatMap((row) => {
    const words = harmful[String(row.violation)];
    const rate = Number(row.violation_rate);
    if (!words || rate < fewestShare || Number(row.violation_count) < fewestMessages) return [];
    const { event_name, event_type, property_name, first_on, last_on } = row;
    return [
      {
        kind: "violation" as const,
        message: `${percent(rate)} of “${event_name}” ${words(String(property_name))}`,
        event_types: [String(event_type)],
        row_kinds: [],
        since_on: String(first_on),
        until_on: String(last_on),
      },
    ];
  });

/** Reads how things stand. Cost: three small questions, of the last nine weeks. */
export async function readStanding(context: AnalysisContext, ordersFromEvents: boolean): Promise<Standing> {
  const { extent, timeZone } = context;
  if (extent.lastDay === null) return { ...nothingKnown, timeZone };
  const end = dayAfterLast(extent);
  const [volume, against, sources] = await Promise.all([
    rowsOf(context, "event-volume", {}),
    rowsOf(context, "tracking-plan-violations", { period_start: addDays(end, -violationDays), period_end: end }),
    rowsOf(context, "source-health", {}),
  ]);
  return {
    notices: [...drops(volume), ...violations(against)],
    sources: sources
      .filter((row) => row.stale_after_seconds !== null)
      .map((row) => ({
        source_name: String(row.source_name),
        kind: String(row.kind),
        last_at: String(row.last_at),
        longest_seconds: Number(row.longest_seconds),
        stale_after_seconds: Number(row.stale_after_seconds),
      })),
    ordersFromEvents,
    timeZone,
  };
}

/** Sources that are late at a time. */
function lateAt({ sources, timeZone }: Standing, now: number): readonly Notice[] {
  return sources.flatMap(({ source_name, kind, last_at, longest_seconds, stale_after_seconds }) => {
    const last = Date.parse(last_at);
    if ((now - last) / 1000 <= stale_after_seconds) return [];
    const on = dayIn(last, timeZone);
    const what = kind.replaceAll("_", " ");
    const message = `${source_name} has brought no ${what} since ${dayWords(on)}; its longest pause was ${pauseWords(longest_seconds)}`;
    return [{ kind: "stale" as const, message, event_types: [], row_kinds: [kind], since_on: on, until_on: null }];
  });
}

/** Most notices told beside one answer. */
const mostNotices = 5;

function isWithin({ since_on, until_on }: Notice, analysis: Analysis, values: Values): boolean {
  if (!analysis.hasPeriod) return true;
  const { period_start, period_end } = values;
  return String(period_end) > since_on && (until_on === null || String(period_start) <= until_on);
}

/** Whether anything is told beside an analysis: the Data page shows all of it anyway. */
export const isNoticed = ({ page }: Analysis): boolean => page !== "data";

/** What is wrong with what an answer rests on: with its kinds of event, its rows and its days. */
export function noticesFor(standing: Standing, analysis: Analysis, values: Values, now: number): readonly Notice[] {
  if (!isNoticed(analysis)) return [];
  const all = [...standing.notices, ...lateAt(standing, now)];
  if (all.length === 0) return [];
  const touch = touchOf(analysis, values, standing.ordersFromEvents);
  return all
    .filter(
      (notice) =>
        notice.event_types.some((type) => touch.eventTypes.has(type)) ||
        notice.row_kinds.some((kind) => touch.rowKinds.has(kind)),
    )
    .filter((notice) => isWithin(notice, analysis, values))
    .slice(0, mostNotices);
}

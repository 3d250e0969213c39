import { judgeVolume } from "../../../stats/volume-drop.ts";
import { eventTypes } from "../../../warehouse/event-types.ts";
import { choice, count, day, flag, nullable, number, ordinal, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { derivation } from "../../derive.ts";
import { param } from "../../param.ts";

const dayMs = 86_400_000;
const dayOf = (on: string): number => Date.parse(on) / dayMs;
const onDay = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

/** Whether fewer events of a kind arrive than usual. See ./README.md for how to read it. */
export const eventVolume = defineAnalysis({
  name: "event-volume",
  page: "data",
  title: "Event volume",
  question: "Do fewer events of a kind arrive than usual?",
  grain: "one row per kind of event with one in the nine weeks before",
  params: {
    as_of: param.day("The day after the last one judged; a day that is not over is not judged", "day_after_last"),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    event_type: choice(eventTypes, "Kind of interaction"),
    last_on: day("Last whole day"),
    event_count: count("Events of the kind on that day"),
    expected_count: nullable(
      number("Median of the same weekday in the eight weeks before the last seven days; null with fewer than four"),
    ),
    window_days: nullable(ordinal("Days up to the last that show a shortfall most clearly: 1, 3 or 7")),
    change_rate: nullable(
      rate("Events from since_on on, else of the last day, / expected - 1; null when nothing is usual", {
        minimum: -1,
        maximum: Infinity,
      }),
    ),
    score: nullable(number("Shortfall of those days in standard deviations; negative when there are more than usual")),
    is_drop: flag("Whether it is at least four standard deviations and 30 % below the usual"),
    since_on: nullable(day("First day of the shortfall; null without one")),
  },
  sql: new URL("./event-volume.sql", import.meta.url),
  derive: derivation({
    meaning:
      "Days without an event count as 0 from the first with one. The last 1, 3 and 7 days are held against the median of the same weekdays in the eight weeks before; the standard deviation is the root of the expected count times a factor of at least 1, the median absolute deviation of those weeks. A shortfall of 4 deviations and 30 % is a drop.",
    from: {
      event_type: choice(eventTypes, "Kind of interaction"),
      day_on: day("Day with an event of the kind"),
      end_on: day("Day after the last whole one"),
      event_count: count("Events of the kind on the day"),
    },
    rows: (rows) =>
      eventTypes.flatMap((event_type) => {
        const mine = rows.filter((row) => row.event_type === event_type);
        const [first] = mine;
        if (!first) return [];
        const [start, end] = [dayOf(first.day_on), dayOf(first.end_on)];
        const counts = new Array<number>(end - start).fill(0);
        for (const { day_on, event_count } of mine) counts[dayOf(day_on) - start] = Number(event_count);
        const verdict = judgeVolume(counts);
        return [
          {
            event_type,
            last_on: onDay(end - 1),
            event_count: counts.at(-1) ?? 0,
            expected_count: verdict?.expected ?? null,
            window_days: verdict?.windowDays ?? null,
            change_rate: verdict?.changeRate ?? null,
            score: verdict?.score ?? null,
            is_drop: verdict?.isDrop ?? false,
            since_on: verdict?.isDrop ? onDay(end - verdict.droppedDays) : null,
          },
        ];
      }),
  }),
  chart: { kind: "table" },
  metrics: [],
});

import { createRandom } from "../../../stats/random.ts";
import { type AliasTable, buildAliasTable } from "../alias-table.ts";
import { dayAfter, dayStart } from "../day.ts";
import { sessionLengths } from "../session-length.ts";
import { type Rees46Behaviour, solveBehaviour } from "./behaviour.ts";
import { cumulativeVisits } from "./calendar.ts";
import { createRees46Catalogue, type Rees46Catalogue } from "./catalogue.ts";
import type { Rees46Shape } from "./options.ts";
import { sharedFloats, sharedWords, shareFloats } from "./shared.ts";

/** Events per session of the two published months. */
export const MEAN_SESSION_LENGTH = 4.8;

/** No session lasts longer, so a slice needs to look back no further. */
export const LONGEST_SESSION_SECONDS = 10_800;

const CELL_EVENTS = 8_000;
const QUANTILES = 4_096;

/**
 * Everything a thread needs to fill any slice by itself. Time is cut into cells of equal numbers of visits; a session
 * belongs to the cell it starts in and is a function of seed, cell and number alone. A slice is a run of cells: it holds
 * the events whose time falls in it, of its own sessions and of earlier ones that last into it.
 */
export interface Rees46Plan {
  readonly seed: number;
  readonly events: number;
  readonly cells: number;
  readonly slices: number;
  /** Cumulative share of visits by hour: see `calendar.ts`. */
  readonly visits: Float64Array;
  readonly seconds: number;
  readonly longestSeconds: number;
  /** `2019-10-01 ` of every day, one after another, and the number of its month counted from the first. */
  readonly dayText: string;
  readonly dayMonth: readonly number[];
  /** `2019-Oct` of every month. */
  readonly months: readonly string[];
  readonly lengths: AliasTable;
  /** Quantiles of a session's mean pause between events, seconds. */
  readonly pauses: Float64Array;
  /** Quantiles of how long ago a returning visitor first came, as a share of the period. */
  readonly lags: Float64Array;
  /** Visitors who come throughout the period, and those who come for a while. */
  readonly regulars: number;
  readonly passers: number;
  readonly behaviour: Rees46Behaviour;
  readonly catalogue: Rees46Catalogue;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function logNormalQuantiles(seed: number, median: number, sigma: number, longest: number): Float64Array {
  const random = createRandom(seed, 0x0091e5);
  const drawn = Float64Array.from({ length: QUANTILES }, () => Math.min(longest, random.logNormal(median, sigma)));
  return shareFloats(drawn.sort());
}

function calendarText(start: number, days: number): Pick<Rees46Plan, "dayText" | "dayMonth" | "months"> {
  const texts = Array.from({ length: days }, (_, offset) => dayAfter(start, offset));
  const names = texts.map((text) => `${text.slice(0, 4)}-${MONTHS[Number(text.slice(5, 7)) - 1]}`);
  const months = [...new Set(names)];
  return {
    dayText: texts.map((text) => `${text} `).join(""),
    dayMonth: names.map((name) => months.indexOf(name)),
    months,
  };
}

/** Prepares a stream: catalogue, calendar and the distributions sessions are drawn from. */
export function createRees46Plan(shape: Rees46Shape): Rees46Plan {
  const { events, seed, days } = shape;
  const start = dayStart(shape.firstDay);
  const cells = Math.max(1, Math.floor(events / CELL_EVENTS));
  const cellsPerSlice = Math.max(1, Math.round(Math.min(100_000, events / 64) / CELL_EVENTS));
  const probabilities = sessionLengths(MEAN_SESSION_LENGTH);
  const lengths = { threshold: sharedFloats(probabilities.length), alias: sharedWords(probabilities.length) };
  const regulars = Math.max(1, Math.round(0.15 * shape.users));
  return {
    seed,
    events,
    cells,
    slices: Math.ceil(cells / cellsPerSlice),
    visits: cumulativeVisits(start, days),
    seconds: days * 86_400,
    longestSeconds: LONGEST_SESSION_SECONDS,
    ...calendarText(start, days),
    lengths: buildAliasTable(probabilities, lengths),
    pauses: logNormalQuantiles(seed, 45, 0.9, 3_600),
    lags: logNormalQuantiles(seed, 0.5 / days, 2, 1),
    regulars,
    passers: Math.max(1, shape.users - regulars),
    behaviour: solveBehaviour(probabilities),
    catalogue: createRees46Catalogue(seed, shape.products),
  };
}

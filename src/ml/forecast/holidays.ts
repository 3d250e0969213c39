/** Days that are unlike other days of their weekday, by country: those that move and those that do not. */
import { addDays } from "../../warehouse/day-range.ts";

/** Names of holidays by day, as YYYY-MM-DD; the same name comes every year. */
export type HolidayCalendar = ReadonlyMap<string, string>;

/** A day of a year: fixed as MM-DD, days from Easter Sunday, or the nth (last: -1) weekday (1 Monday) of a month, with days after it. */
type Rule =
  | { readonly on: string }
  | { readonly easter: number }
  | { readonly month: number; readonly weekday: number; readonly nth: number; readonly after?: number };

const christian: Readonly<Record<string, Rule>> = {
  "New Year's Day": { on: "01-01" },
  "Good Friday": { easter: -2 },
  "Easter Sunday": { easter: 0 },
  "Easter Monday": { easter: 1 },
  "Christmas Eve": { on: "12-24" },
  "Christmas Day": { on: "12-25" },
  "Boxing Day": { on: "12-26" },
  "New Year's Eve": { on: "12-31" },
};
const blackFriday: Rule = { month: 11, weekday: 4, nth: 4, after: 1 };
const continental: Readonly<Record<string, Rule>> = {
  ...christian,
  "Labour Day": { on: "05-01" },
  "Ascension Day": { easter: 39 },
  "Whit Monday": { easter: 50 },
  "Black Friday": blackFriday,
};

const rules = {
  GB: {
    ...christian,
    "Early May holiday": { month: 5, weekday: 1, nth: 1 },
    "Spring holiday": { month: 5, weekday: 1, nth: -1 },
    "Summer holiday": { month: 8, weekday: 1, nth: -1 },
    "Black Friday": blackFriday,
  },
  US: {
    "New Year's Day": { on: "01-01" },
    "Memorial Day": { month: 5, weekday: 1, nth: -1 },
    "Independence Day": { on: "07-04" },
    "Labor Day": { month: 9, weekday: 1, nth: 1 },
    Thanksgiving: { month: 11, weekday: 4, nth: 4 },
    "Black Friday": blackFriday,
    "Christmas Eve": { on: "12-24" },
    "Christmas Day": { on: "12-25" },
    "New Year's Eve": { on: "12-31" },
  },
  DE: { ...continental, "German Unity Day": { on: "10-03" } },
  FR: {
    ...continental,
    "Victory Day": { on: "05-08" },
    "National Day": { on: "07-14" },
    "Assumption Day": { on: "08-15" },
    "All Saints' Day": { on: "11-01" },
    "Armistice Day": { on: "11-11" },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Rule>>>>;

/** Countries whose holidays are known, by ISO 3166 code. */
export const holidayCountries = Object.keys(rules) as readonly (keyof typeof rules)[];
export type HolidayCountry = keyof typeof rules;

const twoDigits = (number: number): string => String(number).padStart(2, "0");

/**
 * Easter Sunday of the Gregorian calendar, as YYYY-MM-DD.
 *
 * @see Meeus (1991), Astronomical Algorithms, chapter 8
 */
export function easterOf(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return `${year}-${twoDigits(Math.floor(sum / 31))}-${twoDigits((sum % 31) + 1)}`;
}

/** 1 Monday to 7 Sunday. */
const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

function dayOf(rule: Rule, year: number): string {
  if ("on" in rule) return `${year}-${rule.on}`;
  if ("easter" in rule) return addDays(easterOf(year), rule.easter);
  const { month, weekday, nth, after = 0 } = rule;
  // The last one lies in the seven days before the next month.
  const start =
    nth > 0
      ? addDays(`${year}-${twoDigits(month)}-01`, 7 * (nth - 1))
      : addDays(month === 12 ? `${year + 1}-01-01` : `${year}-${twoDigits(month + 1)}-01`, -7);
  return addDays(start, ((weekday - weekdayOf(start) + 7) % 7) + after);
}

/** The holidays of a country from one day up to, not including, another. */
export function holidaysOf(country: HolidayCountry, from: string, to: string): HolidayCalendar {
  const days = new Map<string, string>();
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1)
    for (const [name, rule] of Object.entries(rules[country] as Readonly<Record<string, Rule>>)) {
      const day = dayOf(rule, year);
      if (day >= from && day < to) days.set(day, name);
    }
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
}

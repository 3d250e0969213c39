/** Days and instants in words: "Mon 4 Nov 2019", "4–10 Nov". Days are calendar days of the shop and never shift by zone. */

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const longMonths = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const dayLength = 86_400_000;

interface Calendar {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** A `YYYY-MM-DD` day apart; null for anything else. */
export function calendarOf(day: string): Calendar | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return null;
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(), weekday: date.getUTCDay() };
}

const monthName = (month: number): string => months[month] ?? "";

/** "Mon 4 Nov 2019". */
export function dayText(day: string): string {
  const at = calendarOf(day);
  return at ? `${weekdays[at.weekday]} ${at.day} ${monthName(at.month)} ${at.year}` : day;
}

/** "4 Nov", for axes where the year stands elsewhere. */
export function shortDayText(day: string): string {
  const at = calendarOf(day);
  return at ? `${at.day} ${monthName(at.month)}` : day;
}

/** "Nov 2019". */
export function monthText(day: string): string {
  const at = calendarOf(day);
  return at ? `${monthName(at.month)} ${at.year}` : day;
}

/** "November 2019", for sentences. */
export function longMonthText(day: string): string {
  const at = calendarOf(day);
  return at ? `${longMonths[at.month]} ${at.year}` : day;
}

/** The day `count` days later; earlier when negative. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayLength).toISOString().slice(0, 10);
}

/** The same day of the month `count` months later, held to the month's last day. */
export function addMonths(day: string, count: number): string {
  const at = calendarOf(day);
  if (!at) return day;
  const last = new Date(Date.UTC(at.year, at.month + count + 1, 0)).getUTCDate();
  return new Date(Date.UTC(at.year, at.month + count, Math.min(at.day, last))).toISOString().slice(0, 10);
}

/** Whole days from `start` to `end`. */
export const daysBetween = (start: string, end: string): number =>
  Math.round((Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / dayLength);

/** Days from `start` to `last`, both included: "4–10 Nov 2019", "28 Oct – 3 Nov 2019", "1 Dec 2010 – 9 Dec 2011". */
export function rangeText(start: string, last: string): string {
  const a = calendarOf(start);
  const b = calendarOf(last);
  if (!a || !b) return `${start} – ${last}`;
  const end = `${b.day} ${monthName(b.month)} ${b.year}`;
  if (start === last) return end;
  if (a.year !== b.year) return `${a.day} ${monthName(a.month)} ${a.year} – ${end}`;
  if (a.month !== b.month) return `${a.day} ${monthName(a.month)} – ${end}`;
  return `${a.day}–${end}`;
}

/** An instant in the shop's zone: "Mon 4 Nov 2019, 14:05". */
export function instantText(instant: string, timeZone: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${dayText(`${part("year")}-${part("month")}-${part("day")}`)}, ${part("hour")}:${part("minute")}`;
}

/** How long ago an instant was, in words: "just now", "2 min ago", "3 h ago", "5 days ago". */
export function agoText(instant: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(instant)) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}

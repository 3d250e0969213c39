/**
 * Reading one field of a file as people write it. Each reader returns the canonical text the warehouse is given, or says
 * why it cannot: dates day first, decimal commas, thousands separators, currency signs.
 */
import { currencyCodes } from "../config.ts";
import { earliestInstant, tooEarly } from "../sources/earliest-instant.ts";
import type { Field } from "./kinds.ts";

export type Normalised =
  | { readonly isValid: true; readonly text: string }
  | { readonly isValid: false; readonly reason: string };

/** How the numbers and dates of a file are written. */
export interface FileStyle {
  readonly decimal: "." | ",";
  readonly dateOrder: "ymd" | "dmy" | "mdy";
}

const valid = (text: string): Normalised => ({ isValid: true, text });
const refuse = (reason: string): Normalised => ({ isValid: false, reason });

const longestId = 512;
const longestText = 1_000_000;
/** Amounts up to 90 billion major units stay exact through the engine's 18-digit decimals. */
const largestAmount = 9e10;
/** What the largest amount times the largest rate comes to is still counted exactly. */
const largestRate = 1e6;

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

interface Calendar {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function calendarDay(text: string, order: FileStyle["dateOrder"]): Calendar | string {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (iso) return checked(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const short = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(text);
  if (short) {
    const [first, second, third] = [Number(short[1]), Number(short[2]), Number(short[3])];
    const year = third < 100 ? 2000 + third : third;
    return order === "mdy" ? checked(year, first, second) : checked(year, second, first);
  }
  const named = /^(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ,]+(\d{4})$/.exec(text);
  const month = named ? monthNames.indexOf((named[2] ?? "").toLowerCase()) + 1 : 0;
  if (named && month > 0) return checked(Number(named[3]), month, Number(named[1]));
  return "is not a date";
}

function checked(year: number, month: number, day: number): Calendar | string {
  if (month < 1 || month > 12) return `has month ${month}`;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day < 1 || day > days) return `has day ${day}, and the month has ${days}`;
  if (year < 1970 || year > 2099) return `has year ${year}; years from 1970 to 2099 are understood`;
  return { year, month, day };
}

const canonical = (day: Calendar, time: string): string =>
  `${day.year}-${pad(day.month, 2)}-${pad(day.day, 2)} ${time}`;

function epoch(milliseconds: number): Normalised {
  if (milliseconds < 0 || milliseconds >= Date.UTC(2100, 0, 1)) return refuse("is out of the years 1970 to 2099");
  return valid(`${new Date(milliseconds).toISOString().slice(0, 23).replace("T", " ")}Z`);
}

const clockPattern = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp][Mm])?$/;
const zonePattern = /(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})$/;

/** An instant that stands as it is to be given already, on a day that every month has. */
const canonicalInstant = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** An instant as `YYYY-MM-DD hh:mm:ss.fff`, with `Z` when the text says which zone it is in. */
function instant(given: string, style: FileStyle): Normalised {
  if (canonicalInstant.test(given)) return valid(given);
  if (/^\d{10}$/.test(given)) return epoch(Number(given) * 1000);
  if (/^\d{13}$/.test(given)) return epoch(Number(given));
  if (/^\d{10}\.\d{1,6}$/.test(given)) return epoch(Math.floor(Number(given) * 1000));
  const zone = /\d:\d{2}/.test(given) ? zonePattern.exec(given) : null;
  const bare = zone ? given.slice(0, zone.index).trimEnd() : given;
  const split = /^(.*?\d{2,4})(?:[T ,]+|\s+)(\d{1,2}:\d{2}.*)$/.exec(bare);
  const day = calendarDay((split?.[1] ?? bare).trim(), style.dateOrder);
  if (typeof day === "string") return refuse(day);
  const clock = split ? clockPattern.exec((split[2] ?? "").trim()) : null;
  if (split && !clock) return refuse("has a time that is not hh:mm, hh:mm:ss or hh:mm:ss.fff");
  const half = clock?.[5]?.toLowerCase();
  const givenHour = Number(clock?.[1] ?? 0);
  if (half && (givenHour < 1 || givenHour > 12)) return refuse(`has hour ${givenHour} ${half}`);
  const hour = half ? (givenHour % 12) + (half === "pm" ? 12 : 0) : givenHour;
  const [minute, second] = [Number(clock?.[2] ?? 0), Number(clock?.[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59)
    return refuse(`has the time ${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`);
  const milliseconds = (clock?.[4] ?? "").padEnd(3, "0").slice(0, 3);
  const text = canonical(day, `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${milliseconds}`);
  if (!zone) return valid(text);
  const offset = /([+-])(\d{2}):?(\d{2})?/.exec(zone[1] ?? "");
  if (!offset) return valid(`${text}Z`);
  const [offsetHours, offsetMinutes] = [Number(offset[2]), Number(offset[3] ?? 0)];
  if (offsetHours > 14 || offsetMinutes > 59) return refuse(`has the offset ${zone[1]}`);
  const shift = (offset[1] === "-" ? 1 : -1) * (offsetHours * 60 + offsetMinutes) * 60_000;
  return epoch(Date.parse(`${text.replace(" ", "T")}Z`) + shift);
}

const ofFact = (read: Normalised): Normalised =>
  read.isValid && read.text < earliestInstant ? refuse(tooEarly) : read;

/** A decimal that stands as it is to be given already, and is small enough. */
const plainDecimal = /^-?\d{1,10}(?:\.\d+)?$/;

/** A decimal as an optional sign, digits and an optional point. */
function decimal(given: string, style: FileStyle): Normalised {
  if (plainDecimal.test(given) && style.decimal === ".") return valid(given);
  const isBracketed = /^\(.*\)$/.test(given);
  const bare = (isBracketed ? given.slice(1, -1) : given)
    .replace(/[\s\u00a0\u202f']/g, "")
    .replace(/^([+-]?)(?:[A-Z]{3}|\p{Sc})|(?:[A-Z]{3}|\p{Sc})$/gu, "$1");
  const grouped = style.decimal === "," ? /^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/ : /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
  const groups = style.decimal === "," ? "." : ",";
  const ungrouped = grouped.test(bare) ? bare.replaceAll(groups, "") : bare;
  const text = style.decimal === "," ? ungrouped.replace(",", ".") : ungrouped;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) return refuse("is not a number");
  const value = Number(text);
  if (!(Math.abs(value) <= largestAmount)) return refuse("is larger than 90 billion");
  const plain = /[eE]/.test(text) ? value.toFixed(6) : text;
  return valid(isBracketed ? `-${plain.replace(/^[+-]/, "")}` : plain);
}

function integer(given: string, style: FileStyle): Normalised {
  const read = decimal(given, style);
  if (!read.isValid) return refuse("is not a whole number");
  const value = Number(read.text);
  if (!Number.isInteger(value)) return refuse("is not a whole number");
  return Math.abs(value) <= 2_147_483_647 ? valid(String(value)) : refuse("is beyond 2,147,483,647");
}

/** A rate as digits with at most twelve behind the point. A comma is never taken for a separator of thousands: 1,092 would be a thousand times 1.092. */
function rate(given: string, style: FileStyle): Normalised {
  const text = style.decimal === "," ? given.replace(",", ".") : given;
  if (!/^[+-]?\d+(\.\d+)?$/.test(text))
    return refuse("is not a rate; write it as 1.0921, with a point and no exponent");
  if (/^-|^\+?0+(\.0+)?$/.test(text)) return refuse("must be above 0");
  const plain = text
    .replace(/^\+?0*(?=\d)/, "")
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
  if (/\.\d{13}/.test(plain)) return refuse("has more than 12 digits behind the point");
  return Number(plain) <= largestRate ? valid(plain) : refuse("is larger than 1,000,000");
}

function currency(given: string): Normalised {
  const code = given.toUpperCase();
  return currencyCodes.has(code) ? valid(code) : refuse("is no code of a currency in ISO 4217, such as EUR");
}

function flag(given: string): Normalised {
  const folded = given.toLowerCase();
  if (["1", "true", "t", "yes", "y", "active"].includes(folded)) return valid("1");
  return ["0", "false", "f", "no", "n", "inactive"].includes(folded) ? valid("0") : refuse("is neither true nor false");
}

function json(given: string): Normalised {
  try {
    const value: unknown = JSON.parse(given);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? valid(given)
      : refuse("is not a JSON object");
  } catch {
    return refuse("is not JSON");
  }
}

/** Reads the text of one field. The empty text is valid where the field is not required, and means "not given". */
export function normalise(field: Field, given: string, style: FileStyle): Normalised {
  if (given === "") return field.isRequired ? refuse("is empty") : valid("");
  if (given.includes("\0")) return refuse("contains a NUL character");
  switch (field.type) {
    case "id":
      return given.length <= longestId ? valid(given) : refuse(`is longer than ${longestId} characters`);
    case "text":
      return given.length <= longestText ? valid(given) : refuse(`is longer than ${longestText} characters`);
    case "instant":
      return ofFact(instant(given, style));
    case "day":
      return instant(given, style);
    case "money":
    case "number":
      return decimal(given, style);
    case "integer":
      return integer(given, style);
    case "currency":
      return currency(given);
    case "rate":
      return rate(given, style);
    case "flag":
      return flag(given);
    case "json":
      return json(given);
    case "choice":
      return field.values?.includes(given) ? valid(given) : refuse(`is none of ${field.values?.join(", ")}`);
  }
}

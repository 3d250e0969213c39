/**
 * Numbers, money, rates, durations and dates as people read them. Made once for a reader's locale and a shop's currency;
 * amounts arrive in minor units and are divided here and nowhere else.
 */
import type { CatalogueColumn, Unit, Value } from "./catalogue-types.ts";
import { dayText, instantText, monthText } from "./format-dates.ts";
import { numberOf, textOf, valueText } from "./values.ts";

export interface FormatSettings {
  /** BCP 47, the reader's. */
  readonly locale: string;
  /** ISO 4217, the shop's. */
  readonly currency: string;
  readonly currencyDecimals: number;
  readonly timeZone: string;
}

/** What a formatter must know of a column; the name brings words for values of closed lists. */
type ColumnLike = Pick<CatalogueColumn, "unit"> & { readonly name?: string };

/** What stands for an unknown value, everywhere. */
export const unknown = "–";
const space = "\u00a0";

const scales = [
  { size: 1e12, suffix: "T" },
  { size: 1e9, suffix: "bn" },
  { size: 1e6, suffix: "M" },
  { size: 1e3, suffix: "k" },
] as const;

/** Three significant figures with a suffix from `from` upwards, such as 12.3 k and 1.24 M. */
function scaleOf(value: number, from: number): { scaled: number; decimals: number; suffix: string } | null {
  const size = Math.abs(value);
  if (size < from) return null;
  // 999,950 rounds to 1.00 M, not to 1,000 k.
  const scale = scales.find((candidate) => size >= candidate.size * 0.9995) ?? scales[3];
  const scaled = value / scale.size;
  const decimals = Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2;
  return { scaled, decimals, suffix: scale.suffix };
}

function secondsText(value: number): string {
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (size > 0 && size < 1) return `${sign}${Math.round(size * 1000)}${space}ms`;
  const total = Math.round(size);
  const parts = [
    [Math.floor(total / 86400), "d"],
    [Math.floor((total % 86400) / 3600), "h"],
    [Math.floor((total % 3600) / 60), "m"],
    [total % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return `0${space}s`;
  const shown = parts.slice(first, first + 2).filter(([count], index) => index === 0 || count > 0);
  return sign + shown.map(([count, unit]) => `${count}${space}${unit}`).join(" ");
}

/** A sentence in which no line breaks between a minus and its amount. */
export const unbroken = (sentence: string): string => sentence.replaceAll("−", "−\u2060");

/** The reader's locale as `Intl` takes it; systems may report names it refuses, such as "en-US@posix". */
export function localeOf(reported: string): string {
  const plain = reported.split("@")[0]?.replace("_", "-") ?? "";
  try {
    return Intl.getCanonicalLocales(plain)[0] ?? "en";
  } catch {
    return "en";
  }
}

export type Format = ReturnType<typeof createFormat>;

/** The formatters of one reader and one shop. Every one of them answers "–" to null. */
export function createFormat(settings: FormatSettings) {
  const { locale, currency, currencyDecimals, timeZone } = settings;
  const cache = new Map<string, Intl.NumberFormat>();
  const plain = (decimals: number, least = decimals): Intl.NumberFormat => {
    const key = `${least}-${decimals}`;
    const known = cache.get(key);
    if (known) return known;
    const made = new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: decimals });
    cache.set(key, made);
    return made;
  };
  const inCurrency = (decimals: number): Intl.NumberFormat => {
    const key = `currency-${decimals}`;
    const known = cache.get(key);
    if (known) return known;
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    const made = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      ...digits,
    });
    cache.set(key, made);
    return made;
  };
  const minus = (text: string): string => text.replace("-", "−");
  const given =
    (write: (value: number) => string) =>
    (value: Value | undefined): string => {
      const number = numberOf(value);
      return number === null ? unknown : minus(write(number));
    };

  const count = given((value) => plain(Number.isInteger(value) ? 0 : 1).format(value));
  const countFrom = (from: number) =>
    given((value) => {
      const scale = scaleOf(value, from);
      return scale ? `${plain(scale.decimals).format(scale.scaled)}${space}${scale.suffix}` : count(value);
    });
  const countShort = countFrom(10_000);
  const number = given((value) => {
    const size = Math.abs(value);
    return plain(size >= 1000 || Number.isInteger(value) ? 0 : size >= 100 ? 1 : size >= 0.01 ? 2 : 4).format(value);
  });
  const major = (minor: number): number => minor / 10 ** currencyDecimals;
  const money = given((value) => inCurrency(currencyDecimals).format(major(value)));
  const moneyFrom = (from: number) =>
    given((value) => {
      const amount = major(value);
      const scale = scaleOf(amount, from);
      if (!scale) return inCurrency(Math.abs(amount) < 100 && amount !== 0 ? currencyDecimals : 0).format(amount);
      const parts = inCurrency(scale.decimals).formatToParts(scale.scaled);
      const last = parts.findLastIndex((part) => part.type === "integer" || part.type === "fraction");
      return parts
        .map((part, index) => (index === last ? `${part.value}${space}${scale.suffix}` : part.value))
        .join("");
    });
  const moneyShort = moneyFrom(10_000);
  const rate = given((value) => {
    const percent = value * 100;
    const decimals = percent !== 0 && Math.abs(percent) < 1 ? 2 : 1;
    return `${plain(decimals).format(percent)}${space}%`;
  });
  const days = given((value) => `${plain(Number.isInteger(value) ? 0 : 1).format(value)}${space}d`);
  const years = given((value) => `${plain(1).format(value)}${space}y`);
  const seconds = given(secondsText);
  const bytes = given((value) => {
    const units = ["B", "kB", "MB", "GB", "TB", "PB"];
    const power = value === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(Math.abs(value)) / 3));
    const scaled = value / 1000 ** power;
    return `${plain(power === 0 || scaled >= 99.95 ? 0 : 1).format(scaled)}${space}${units[power]}`;
  });
  const optional =
    (write: (text: string) => string) =>
    (value: Value | undefined): string => {
      const text = textOf(value);
      return text === null ? unknown : write(text);
    };
  const day = optional(dayText);
  const month = optional(monthText);
  const instant = optional((text) => instantText(text, timeZone));
  const text = optional((value) => (value === "" ? "(empty)" : value));
  const flag = (value: Value | undefined): string => (value === true ? "Yes" : value === false ? "No" : unknown);

  const exact: Readonly<Record<Unit, (value: Value | undefined) => string>> = {
    text,
    count,
    money,
    rate,
    number,
    seconds,
    days,
    years,
    bytes,
    day,
    month,
    instant,
    flag,
    list: text,
  };

  /** A value in full, as tables and tooltips show it. */
  const value = (column: ColumnLike, given: Value | undefined): string =>
    typeof given === "string" && column.unit === "text"
      ? text(valueText(column.name, given))
      : exact[column.unit](given);

  /** The formatter of a whole column of a table: plain numbers and days carry the same decimals in every row. */
  const columnFormat = (
    column: ColumnLike,
    values: readonly (Value | undefined)[],
  ): ((given: Value | undefined) => string) => {
    const known = values.map(numberOf).filter((one) => one !== null);
    if ((column.unit !== "number" && column.unit !== "days") || known.every((one) => Number.isInteger(one))) {
      return (given) => value(column, given);
    }
    const small = known.every((one) => Math.abs(one) < 0.1);
    const decimals = column.unit === "days" ? 1 : small ? 4 : 2;
    const suffix = column.unit === "days" ? `${space}d` : "";
    return given((one) => `${plain(decimals).format(one)}${suffix}`);
  };

  /** A value to glance at: 12.3 k, £1.24 M. */
  const short = (column: ColumnLike, given: Value | undefined): string => {
    if (column.unit === "count") return countShort(given);
    return column.unit === "money" ? moneyShort(given) : value(column, given);
  };

  const mark = new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ".";
  const trailingZeros = new RegExp(`\\${mark}(\\d*?)0+(?=\\D*$)`);
  const inThousands: Partial<Readonly<Record<Unit, (value: Value | undefined) => string>>> = {
    count: countFrom(1000),
    money: moneyFrom(1000),
  };
  /** A value on an axis that reaches `most`: one scale for all ticks, without trailing zeros. */
  const axis = (column: ColumnLike, given: Value | undefined, most: number): string => {
    const reach = column.unit === "money" ? major(most) : most;
    const text = (reach >= 10_000 && inThousands[column.unit]?.(given)) || short(column, given);
    return text.replace(trailingZeros, (_zeros, kept: string) => (kept === "" ? "" : `${mark}${kept}`));
  };

  /** A relative change with its sign, such as "+8.2 %"; from 1,000 % upwards as a multiple. */
  const percentChange = (change: number): string => {
    const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
    if (change >= 10) return `×${space}${plain(change >= 99 ? 0 : 1).format(change + 1)}`;
    return `${sign}${rate(Math.abs(change))}`;
  };

  return {
    settings,
    count,
    countShort,
    number,
    money,
    moneyShort,
    rate,
    days,
    seconds,
    bytes,
    day,
    month,
    instant,
    value,
    columnFormat,
    short,
    axis,
    percentChange,
  };
}

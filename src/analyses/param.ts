/**
 * Parameters of an analysis. One constructor carries the TypeScript type, the reader of what a person typed (flag, query
 * string or JSON), the ClickHouse type it is bound with, the JSON Schema and the words for help pages.
 */
import type { JsonSchema } from "./column.ts";

/** A default that depends on the data, resolved before a query runs so that no query reads the clock. */
export type DataDefault = "first_day" | "day_after_last" | "day_after_last_order" | "90_days_before_last_order";

export interface Param<T> {
  readonly kind: "day" | "integer" | "number" | "text" | "choice" | "choices" | "texts" | "flag";
  readonly meaning: string;
  /** The type in `{name:Type}` of the SQL; a test compares the two. */
  readonly clickhouseType: string;
  readonly schema: JsonSchema;
  readonly default: T | DataDefault | null;
  /** True when a value must be given. */
  readonly isRequired: boolean;
  /** Reads one given value, or throws a `RangeError` saying what it must be. */
  readonly parse: (given: unknown) => T;
}

export type Params = Readonly<Record<string, Param<unknown>>>;
export type ValuesOf<P extends Params> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never };

const mustBe = (what: string): never => {
  throw new RangeError(`must be ${what}`);
};

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isCalendarDay(given: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given)) return false;
  const instant = Date.parse(`${given}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(given);
}

function toList(given: unknown): readonly string[] {
  const parts = Array.isArray(given) ? given : [given];
  return parts
    .flatMap((part) => (typeof part === "string" ? part.split(",") : mustBe("text, or a comma-separated list")))
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** A calendar day in the shop's zone, `YYYY-MM-DD`, from 1970-01-01 to 2149-06-06 (what the engine's Date holds). */
function day(meaning: string, fallback: DataDefault | string): Param<string> {
  return {
    kind: "day",
    meaning,
    clickhouseType: "Date",
    schema: { type: "string", format: "date", description: meaning },
    default: fallback,
    isRequired: false,
    parse: (given) =>
      typeof given === "string" && isCalendarDay(given) && given >= "1970-01-01" && given <= "2149-06-06"
        ? given
        : mustBe("a day as YYYY-MM-DD, from 1970-01-01 to 2149-06-06"),
  };
}

/** A calendar day that may be left open; null then. */
const openDay = (meaning: string): Param<string | null> => ({
  ...day(meaning, ""),
  clickhouseType: "Nullable(Date)",
  schema: { type: ["string", "null"], format: "date", default: null, description: meaning },
  default: null,
});

function integer(meaning: string, limits: { min: number; max: number; default: number }): Param<number> {
  const { min, max } = limits;
  return {
    kind: "integer",
    meaning,
    clickhouseType: "UInt32",
    schema: { type: "integer", minimum: min, maximum: max, default: limits.default, description: meaning },
    default: limits.default,
    isRequired: false,
    parse: (given) => {
      const value = typeof given === "string" && /^-?\d+$/.test(given) ? Number(given) : given;
      if (typeof value !== "number" || !Number.isSafeInteger(value)) return mustBe("a whole number");
      if (value < min) return mustBe(`at least ${min}`);
      return value > max ? mustBe(`at most ${max}`) : value;
    },
  };
}

function number(meaning: string, limits: { min: number; max: number; default: number }): Param<number> {
  const { min, max } = limits;
  return {
    kind: "number",
    meaning,
    clickhouseType: "Float64",
    schema: { type: "number", minimum: min, maximum: max, default: limits.default, description: meaning },
    default: limits.default,
    isRequired: false,
    parse: (given) => {
      const value = typeof given === "string" && given.trim() !== "" ? Number(given) : given;
      if (typeof value !== "number" || !Number.isFinite(value)) return mustBe("a number");
      if (value < min) return mustBe(`at least ${min}`);
      return value > max ? mustBe(`at most ${max}`) : value;
    },
  };
}

function choice<const V extends readonly [string, ...string[]]>(
  meaning: string,
  values: V,
  fallback: V[number],
): Param<V[number]> {
  return {
    kind: "choice",
    meaning,
    clickhouseType: "String",
    schema: { type: "string", enum: values, default: fallback, description: meaning },
    default: fallback,
    isRequired: false,
    parse: (given) => values.find((known) => known === given) ?? mustBe(`one of ${values.join(", ")}`),
  };
}

/** A column or table out of a closed list, the first by default; bound as an identifier, so the SQL names it `{sort:Identifier}`. */
const identifier = <const V extends readonly [string, ...string[]]>(meaning: string, names: V): Param<V[number]> => ({
  ...choice(meaning, names, names[0]),
  clickhouseType: "Identifier",
});

/** Several values out of a closed list, in the order given. */
function choices<const V extends readonly [string, ...string[]]>(
  meaning: string,
  values: V,
  fallback: readonly V[number][],
): Param<readonly V[number][]> {
  return {
    kind: "choices",
    meaning,
    clickhouseType: "Array(String)",
    schema: {
      type: "array",
      items: { type: "string", enum: values },
      default: fallback,
      description: `${meaning} (comma-separated)`,
    },
    default: fallback,
    isRequired: false,
    parse: (given) => {
      const picked = toList(given);
      const known = picked.flatMap((one) => values.filter((value) => value === one));
      if (known.length !== picked.length || known.length === 0) return mustBe(`a list out of ${values.join(", ")}`);
      return new Set(known).size === known.length ? known : mustBe("a list without repetitions");
    },
  };
}

/** As many rising numbers between 0 and 1 as the default has, such as the cut points of quantiles. */
function shares(meaning: string, fallback: readonly number[]): Param<readonly number[]> {
  const what = `${fallback.length} rising numbers between 0 and 1`;
  return {
    kind: "texts",
    meaning,
    clickhouseType: "Array(Float64)",
    schema: {
      type: "array",
      items: { type: "number" },
      default: fallback,
      description: `${meaning} (comma-separated)`,
    },
    default: fallback,
    isRequired: false,
    parse: (given) => {
      const parts = toList(Array.isArray(given) ? given.map(String) : given).map(Number);
      const isRising = parts.every((part, at) => part > (parts[at - 1] ?? 0) && part < 1);
      return parts.length === fallback.length && isRising ? parts : mustBe(what);
    },
  };
}

/** One text, such as an id; `fallback`, or nothing, when none is given. */
const text = (meaning: string, fallback = ""): Param<string> => ({
  kind: "text",
  meaning,
  clickhouseType: "String",
  schema: { type: "string", default: fallback, description: meaning },
  default: fallback,
  isRequired: false,
  parse: readText,
});

/** Any number of texts; none means no restriction. Values that hold a comma are given as a JSON array or repeated flags. */
function texts(meaning: string): Param<readonly string[]> {
  return {
    kind: "texts",
    meaning,
    clickhouseType: "Array(String)",
    schema: { type: "array", items: { type: "string" }, default: [], description: `${meaning} (comma-separated)` },
    default: [],
    isRequired: false,
    parse: (given) => (Array.isArray(given) && given.length > 1 ? given.map(readText) : toList(given)),
  };
}

function readText(given: unknown): string {
  return typeof given === "string" && given.length <= 1024 ? given : mustBe("text of at most 1024 characters");
}

function flag(meaning: string, fallback = false): Param<boolean> {
  return {
    kind: "flag",
    meaning,
    clickhouseType: "Bool",
    schema: { type: "boolean", default: fallback, description: meaning },
    default: fallback,
    isRequired: false,
    parse: (given) => {
      if (given === true || given === "true" || given === "1" || given === "") return true;
      return given === false || given === "false" || given === "0" ? false : mustBe("true or false");
    },
  };
}

export const param = { day, openDay, integer, number, choice, identifier, choices, shares, text, texts, flag };

/**
 * Columns an analysis can promise. One constructor carries the TypeScript type, the strict decoder at the engine's
 * boundary, the JSON Schema, the unit a formatter needs and the words that explain it; nothing about a column is said twice.
 */

/** A whole number as JSON carries it: a number below 2^53, else its decimal digits as text. */
export type WholeNumber = number | string;

/** How a value is formatted and read; the unit is also in the column's name (`_minor`, `_rate`, `_seconds`, ...). */
export type Unit =
  | "text"
  | "count"
  | "money"
  | "rate"
  | "number"
  | "seconds"
  | "days"
  | "years"
  | "bytes"
  | "day"
  | "month"
  | "instant"
  | "flag"
  | "list";

/** The part of JSON Schema 2020-12 that columns and parameters use. */
export interface JsonSchema {
  readonly type: string | readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly items?: JsonSchema;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
}

/** One declared column of type `T` (the type its JSON value has). */
export interface Column<T> {
  readonly unit: Unit;
  /** What the value means, in the reader's words. */
  readonly meaning: string;
  readonly isNullable: boolean;
  readonly schema: JsonSchema;
  /** Turns the engine's JSON value into `T`, or throws a `RangeError` that says what was expected. */
  readonly decode: (value: unknown) => T;
}

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** The row type a set of columns promises. */
export type RowOf<C extends Columns> = { readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never };

function column<T>(unit: Unit, meaning: string, schema: JsonSchema, decode: (value: unknown) => T): Column<T> {
  return { unit, meaning, isNullable: false, schema: { ...schema, description: meaning }, decode };
}

function expected(what: string): never {
  throw new RangeError(`expected ${what}`);
}

function decodeWhole(value: unknown): WholeNumber {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  if (typeof value === "string" && /^-?\d{1,40}$/.test(value)) {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  return expected("a whole number");
}

function decodeFinite(value: unknown): number {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : expected("a finite number");
}

function decodeText(value: unknown): string {
  return typeof value === "string" ? value : expected("text");
}

function decodeDay(value: unknown): string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : expected("a day, YYYY-MM-DD");
}

/** Free text, such as a name or a natural id; the empty string is a value, not a null. */
export const text = (meaning: string): Column<string> => column("text", meaning, { type: "string" }, decodeText);

/** A text value out of a closed list. */
export function choice<const V extends readonly string[]>(values: V, meaning: string): Column<V[number]> {
  return column(
    "text",
    meaning,
    { type: "string", enum: values },
    (value) => values.find((known) => known === value) ?? expected(`one of ${values.join(", ")}`),
  );
}

/** How many: a whole number of zero or more. */
export const count = (meaning: string): Column<WholeNumber> =>
  column("count", meaning, { type: ["integer", "string"], minimum: 0 }, (value) => {
    const whole = decodeWhole(value);
    return String(whole).startsWith("-") ? expected("a count of zero or more") : whole;
  });

/** A position or index: a whole number that may be negative and is never summed. */
export const ordinal = (meaning: string): Column<number> =>
  column("number", meaning, { type: "integer" }, (value) => {
    const whole = decodeWhole(value);
    return typeof whole === "number" ? whole : expected("a whole number below 2^53");
  });

/** An amount in the shop's minor units (pence, cents); negative amounts are allowed. */
export const money = (meaning: string): Column<WholeNumber> =>
  column("money", meaning, { type: ["integer", "string"] }, decodeWhole);

/** A mean or another quotient of amounts, in minor units; fractions are kept, only a formatter rounds. */
export const meanMoney = (meaning: string): Column<number> =>
  column("money", meaning, { type: "number" }, decodeFinite);

/** A ratio, never a percentage; `minimum` and `maximum` are its declared range, 0 to 1 for a share. */
export function rate(meaning: string, range: { minimum?: number; maximum?: number } = {}): Column<number> {
  const { minimum = 0, maximum = 1 } = range;
  const schema: JsonSchema = {
    type: "number",
    ...(Number.isFinite(minimum) ? { minimum } : {}),
    ...(Number.isFinite(maximum) ? { maximum } : {}),
  };
  return column("rate", meaning, schema, (value) => {
    const number = decodeFinite(value);
    const slack = 1e-9;
    return number >= minimum - slack && number <= maximum + slack
      ? number
      : expected(`a ratio from ${minimum} to ${maximum}`);
  });
}

/** A real number with no narrower unit, such as a lift, a mean or an index. */
export const number = (meaning: string): Column<number> => column("number", meaning, { type: "number" }, decodeFinite);

/** A duration in seconds; fractions are allowed. */
export const seconds = (meaning: string): Column<number> =>
  column("seconds", meaning, { type: "number", minimum: 0 }, decodeFinite);

/** A duration in days; fractions are allowed. */
export const days = (meaning: string): Column<number> => column("days", meaning, { type: "number" }, decodeFinite);

/** A duration in years of 365.25 days. */
export const years = (meaning: string): Column<number> => column("years", meaning, { type: "number" }, decodeFinite);

/** A size in bytes. */
export const bytes = (meaning: string): Column<WholeNumber> =>
  column("bytes", meaning, { type: ["integer", "string"], minimum: 0 }, decodeWhole);

/** A calendar day in the shop's time zone, `YYYY-MM-DD`. */
export const day = (meaning: string): Column<string> =>
  column("day", meaning, { type: "string", format: "date" }, decodeDay);

/** A month, as its first day in the shop's time zone, `YYYY-MM-01`. */
export const month = (meaning: string): Column<string> =>
  column("month", meaning, { type: "string", format: "date" }, (value) => {
    const decoded = decodeDay(value);
    return decoded.endsWith("-01") ? decoded : expected("the first day of a month");
  });

/** An instant in UTC, ISO 8601 with milliseconds and `Z`. */
export const instant = (meaning: string): Column<string> =>
  column("instant", meaning, { type: "string", format: "date-time" }, (value) => {
    const match = typeof value === "string" && /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(\.\d{1,3})?Z?$/.exec(value);
    return match ? `${match[1]}T${match[2]}${(match[3] ?? ".").padEnd(4, "0")}Z` : expected("an instant in UTC");
  });

/** True or false. */
export const flag = (meaning: string): Column<boolean> =>
  column("flag", meaning, { type: "boolean" }, (value) => {
    if (value === true || value === 1 || value === "1") return true;
    return value === false || value === 0 || value === "0" ? false : expected("true or false");
  });

/** A list of texts, such as product ids. */
export const list = (meaning: string): Column<readonly string[]> =>
  column("list", meaning, { type: "array", items: { type: "string" } }, (value) =>
    Array.isArray(value) ? value.map(decodeText) : expected("a list"),
  );

/** The same column where a value may be unknown; unknown is null, never zero and never an empty string. */
export function nullable<T>(inner: Column<T>): Column<T | null> {
  const types = typeof inner.schema.type === "string" ? [inner.schema.type] : inner.schema.type;
  return {
    ...inner,
    isNullable: true,
    schema: { ...inner.schema, type: [...types, "null"] },
    decode: (value) => (value === null ? null : inner.decode(value)),
  };
}

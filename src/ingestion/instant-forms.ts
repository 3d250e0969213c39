/** The forms of instants that the engine reads itself, each with its check and its reading in SQL. */

/** How an instant is written throughout a file; only these forms are read by the engine itself. */
export type InstantForm = "utc_suffix" | "plain" | "plain_ms" | "iso_z" | "iso_z_ms" | "day" | "epoch_ms" | "canonical";

interface InstantShape {
  readonly pattern: RegExp;
  /** SQL: true when the text `c` has this form and is a real calendar instant, of the day `earliest` or later. */
  readonly check: (c: string, earliest: string) => string;
  /** SQL: the instant, in UTC or in the shop's zone. */
  readonly read: (c: string) => string;
}

const real = (base: string, earliest: string): string =>
  `toString(toDateTime64OrZero(${base}, 0, 'UTC')) = ${base} and ${base} >= '${earliest}' and ${base} < '2100'`;
const isoBase = (c: string): string => `concat(substring(${c}, 1, 10), ' ', substring(${c}, 12, 8))`;
const plainBase = (c: string): string => `substring(${c}, 1, 19)`;
const utc = (base: string): string => `toDateTime64OrZero(${base}, 3, 'UTC')`;
const local = (base: string): string => `toTimeZone(toDateTime64OrZero(${base}, 3, {time_zone:String}), 'UTC')`;
const threeDigits = (c: string, at: number): string => `match(substring(${c}, ${at}, 4), '^[.][0-9]{3}$')`;

export const instantShapes: Readonly<Record<InstantForm, InstantShape>> = {
  utc_suffix: {
    pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/,
    check: (c, earliest) => `length(${c}) = 23 and endsWith(${c}, ' UTC') and ${real(plainBase(c), earliest)}`,
    read: (c) => utc(plainBase(c)),
  },
  plain: {
    pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
    check: (c, earliest) => `length(${c}) = 19 and ${real(c, earliest)}`,
    read: local,
  },
  plain_ms: {
    pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/,
    check: (c, earliest) => `length(${c}) = 23 and ${threeDigits(c, 20)} and ${real(plainBase(c), earliest)}`,
    read: local,
  },
  iso_z: {
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    check: (c, earliest) =>
      `length(${c}) = 20 and substring(${c}, 11, 1) = 'T' and endsWith(${c}, 'Z') and ${real(isoBase(c), earliest)}`,
    read: (c) => utc(isoBase(c)),
  },
  iso_z_ms: {
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
    check: (c, earliest) =>
      `length(${c}) = 24 and substring(${c}, 11, 1) = 'T' and endsWith(${c}, 'Z') and ${threeDigits(c, 20)} and ${real(isoBase(c), earliest)}`,
    read: (c) => utc(`concat(substring(${c}, 1, 10), ' ', substring(${c}, 12, 12))`),
  },
  day: {
    pattern: /^\d{4}-\d\d-\d\d$/,
    check: (c, earliest) => `length(${c}) = 10 and ${real(`concat(${c}, ' 00:00:00')`, earliest)}`,
    read: (c) => local(`concat(${c}, ' 00:00:00')`),
  },
  epoch_ms: {
    pattern: /^[1-3]\d{12}$/,
    check: (c) => `match(${c}, '^[1-3][0-9]{12}$')`,
    read: (c) => `fromUnixTimestamp64Milli(toInt64OrZero(${c}), 'UTC')`,
  },
  canonical: {
    pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z?$/,
    check: (c, earliest) => `length(${c}) in (23, 24) and ${real(plainBase(c), earliest)}`,
    read: (c) => `if(endsWith(${c}, 'Z'), ${utc(`substring(${c}, 1, 23)`)}, ${local(`substring(${c}, 1, 23)`)})`,
  },
};

/** Which form every non-empty sample has; null when none fits them all. */
export function instantFormOf(samples: readonly string[]): InstantForm | null {
  const given = samples.filter((sample) => sample !== "");
  const forms = Object.entries(instantShapes) as [InstantForm, InstantShape][];
  return forms.find(([, shape]) => given.every((sample) => shape.pattern.test(sample)))?.[0] ?? null;
}

/** Rates out of the records of a file: in Cartwright's own form, and in the one of the European Central Bank. */
import { textOf } from "../json-values.ts";
import type { RefusedRecord, ShapedRow, SourceRecord } from "../preset.ts";

interface Told {
  readonly record: number;
  /** Where the rate stands, for refusing it. */
  readonly column: string;
  readonly currency: string;
  readonly date: string;
  readonly rate: string;
}

/** A row a record, of the columns `currency`, `date` and `rate`. */
export const ownRateRows = (records: readonly SourceRecord[]): readonly (ShapedRow | RefusedRecord)[] =>
  rowsOf(
    records.map((values, record) => ({
      record,
      column: "rate",
      currency: textOf(values.currency).trim(),
      date: textOf(values.date).trim(),
      rate: textOf(values.rate).trim(),
    })),
  );

/** A row for each column that is neither the date nor empty; the bank writes N/A where a currency had no rate. */
export const ecbRateRows = (records: readonly SourceRecord[]): readonly (ShapedRow | RefusedRecord)[] =>
  rowsOf(
    records.flatMap((values, record) =>
      Object.entries(values).flatMap(([name, value]) => {
        const [currency, rate] = [name.trim().toUpperCase(), textOf(value).trim()];
        if (currency === "" || currency === "DATE" || rate === "" || rate.toUpperCase() === "N/A") return [];
        return [{ record, column: currency, currency, date: textOf(values.date).trim(), rate }];
      }),
    ),
  );

/** Two rates for one day and currency in one file: nothing says which is right, so neither counts. One told twice counts once. */
function rowsOf(told: readonly Told[]): (ShapedRow | RefusedRecord)[] {
  const keyOf = ({ currency, date }: Told): string => `${currency.toUpperCase()} ${date}`;
  const known = new Map<string, Told[]>();
  for (const one of told) {
    const same = known.get(keyOf(one));
    if (same) same.push(one);
    else known.set(keyOf(one), [one]);
  }
  return told.flatMap((one): (ShapedRow | RefusedRecord)[] => {
    const { record, column, currency, date, rate } = one;
    const same = known.get(keyOf(one)) ?? [];
    const other = same.find((each) => each.rate !== rate);
    if (other) {
      const reason = `is not the only rate of ${currency.toUpperCase()} on ${date}: ${other.rate} is another in this file, so neither counts`;
      return [{ record, column, value: rate, reason }];
    }
    if (same[0] !== one) return [];
    return [{ kind: "exchange_rates", record, values: { currency, date, rate } }];
  });
}

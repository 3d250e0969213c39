import type { Preset } from "../preset.ts";
import { ecbRateRows, ownRateRows } from "./rate-rows.ts";

const columns = { currency: "currency", rate_on: "date", rate: "rate" };

/** Cartwright's own form of exchange rates: units of the shop's currency for one of the currency. */
export const exchangeRates: Preset = {
  name: "exchange-rates",
  title: "Exchange rates in Cartwright's own form: currency, date, rate",
  tables: [
    {
      requires: ["currency", "date", "rate"],
      mapping: { kind: "exchange_rates", columns },
      shape: { by: "file", also: [], rows: ownRateRows },
    },
  ],
};

/** Euro foreign exchange reference rates of the European Central Bank, of one day or of all: units of each currency for one euro. */
export const ecbRates: Preset = {
  name: "ecb-rates",
  title: "Euro reference rates of the European Central Bank (CSV)",
  tables: [
    {
      requires: ["Date", "USD", "JPY", "GBP"],
      mapping: { kind: "exchange_rates", columns: { ...columns, form: { value: "units_per_euro" } } },
      shape: { by: "file", also: [], rows: ecbRateRows },
    },
  ],
};

/** A readout on the terminal. */
import type { Readout } from "../experiments/readout/readout.ts";
import { formatRows, type OutputFormat, print, say } from "./output.ts";

const shownColumns = [
  "variant",
  "unit_count",
  "mean",
  "absolute_effect",
  "ci_lower",
  "ci_upper",
  "relative_effect",
  "statistic",
  "p_value",
  "p_value_adjusted",
] as const;

/** Prints the variants; what surrounds them goes to standard error. */
export async function printReadout(found: Readout, format: OutputFormat): Promise<void> {
  const rows = found.variants.map((row): Record<string, unknown> => ({ ...row }));
  if (format !== "table") {
    const flat = rows.map(({ quantiles: _, ...row }) => row);
    return await print(formatRows(flat, Object.keys(flat[0] ?? {}), format));
  }
  const isThere = (name: string): boolean => rows.some((row) => row[name] !== null && !Array.isArray(row[name]));
  const extra = ["sequential_p_value", "probability_best", "expected_loss", "rank_p_value", "stratified_effect"];
  const names = [...shownColumns, ...extra.filter(isThere)];
  const rounded = rows.map((row) => Object.fromEntries(names.map((name) => [name, shortened(row[name])])));
  await print(formatRows(rounded, names, "table"));
  const dropped = Object.entries(found.dropped).map(([reason, count]) => `${count} ${reason}`);
  say(
    `${found.method}, ${100 * (1 - found.alpha)} % intervals, ${found.adjustment} adjustment\n` +
      `sample ratio: chi-squared ${found.srm.chi_squared.toFixed(4)}, p ${found.srm.p_value.toPrecision(3)}${found.srm.is_mismatch ? ": MISMATCH" : ""}\n` +
      `rows: ${found.row_count} read, ${found.used_row_count} used${dropped.length > 0 ? `, dropped: ${dropped.join(", ")}` : ""}`,
  );
  for (const warning of found.warnings) say(warning);
}

const shortened = (value: unknown): unknown => (typeof value === "number" ? Number(value.toPrecision(6)) : value);

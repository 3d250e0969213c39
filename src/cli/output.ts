/** Writing results: data on standard output, words on standard error. */
import Table from "cli-table3";
import { csvLine } from "../analyses/export.ts";
import { environment } from "../config.ts";

export const outputFormats = ["table", "csv", "json", "ndjson"] as const;
export type OutputFormat = (typeof outputFormats)[number];

type Row = Readonly<Record<string, unknown>>;

const wideNumber = (value: unknown): string =>
  value === null || value === undefined ? "–" : Array.isArray(value) ? value.join(", ") : String(value);

function asTable(names: readonly string[], rows: readonly Row[]): string {
  const isNumber = (name: string): boolean => rows.some((row) => typeof row[name] === "number");
  const table = new Table({
    head: [...names],
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    colAligns: names.map((name) => (isNumber(name) ? "right" : "left")),
    style:
      environment.noColor() || !process.stdout.isTTY ? { head: [], border: [] } : { head: ["cyan"], border: ["grey"] },
  });
  for (const row of rows) table.push(names.map((name) => wideNumber(row[name])));
  return `${table.toString()}\n`;
}

/** The rows as text in a format; `names` fixes the columns when there are no rows. */
export function formatRows(rows: readonly Row[], names: readonly string[], format: OutputFormat): string {
  switch (format) {
    case "table":
      return asTable(names, rows);
    case "csv":
      return [csvLine(names), ...rows.map((row) => csvLine(names.map((name) => row[name])))].join("");
    case "json":
      return `${JSON.stringify(rows)}\n`;
    case "ndjson":
      return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  }
}

/** Writes to standard output and waits until it is taken; a reader that has gone away ends the program quietly. */
export async function print(text: string): Promise<void> {
  // A broken pipe is told twice, to the callback and as an event that would end the program if nobody listened.
  if (process.stdout.listenerCount("error") === 0) process.stdout.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error || (error as NodeJS.ErrnoException).code === "EPIPE") resolve();
      else reject(error);
    });
  });
}

export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

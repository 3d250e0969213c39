/** The SQL console: one select by the reader, with its columns, cut at a stated number of rows. */
import { createInterface } from "node:readline";
import { CartwrightError } from "../errors.ts";
import type { Warehouse } from "./warehouse.ts";

export const mostConsoleRows = 10_000;

export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly meta: { readonly elapsed_ms: number; readonly is_truncated: boolean };
}

/** A closing semicolon goes; a second statement or a format clause is refused by name. */
export function singleStatement(sql: string): string {
  const trimmed = sql.trim().replace(/;\s*$/, "");
  if (/\bformat\s+\w+\s*$/i.test(trimmed)) {
    throw new CartwrightError(
      "query_refused",
      "leave out the format clause: the result's form is chosen outside of the statement",
    );
  }
  const words = trimmed.replace(/\/\*[\s\S]*?\*\/|--[^\n]*/g, " ").trim();
  if (!/^(\(|select|with|show|describe|desc|explain|exists)\b|^\(/i.test(words)) {
    throw new CartwrightError("query_refused", `"${words.slice(0, 40)}" is not a select`);
  }
  return trimmed;
}

/** 64-bit whole numbers come as text; below 2^53 they are numbers, as everywhere else. */
function readValue(value: unknown, type: string): unknown {
  if (typeof value !== "string" || !/^(Nullable\(|LowCardinality\()*U?Int\d+/.test(type)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Runs one statement as the reader, who can only select from the warehouse. */
export async function readSqlResult(
  warehouse: Warehouse,
  sql: string,
  mostRows: number = mostConsoleRows,
): Promise<SqlResult> {
  const startedAt = performance.now();
  const stream = await warehouse.stream("reader", singleStatement(sql), "JSONCompactEachRowWithNamesAndTypes", {
    name: "console",
  });
  const lines: unknown[][] = [];
  let isTruncated = false;
  for await (const line of createInterface({ input: stream })) {
    if (line === "") continue;
    if (lines.length >= mostRows + 2) {
      isTruncated = true;
      break;
    }
    lines.push(JSON.parse(line) as unknown[]);
  }
  stream.destroy();
  const [names = [], types = [], ...rows] = lines;
  return {
    columns: names.map((name, index) => ({ name: String(name), type: String(types[index]) })),
    rows: rows.map((row) => row.map((value, index) => readValue(value, String(types[index])))),
    meta: { elapsed_ms: Math.round(performance.now() - startedAt), is_truncated: isTruncated },
  };
}

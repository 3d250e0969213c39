/** The SQL console: one select by the reader, with its columns, cut at a stated number of rows. */
import { CartwrightError } from "../errors.ts";
import { linesOf } from "./lines.ts";
import { masked } from "./mask.ts";
import { hiddenColumns, revocations } from "./personal-columns.ts";
import type { Warehouse } from "./warehouse.ts";

export const mostConsoleRows = 10_000;

export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly meta: { readonly elapsed_ms: number; readonly is_truncated: boolean };
}

export interface SqlOptions {
  /** Rows at which the result is cut. */
  readonly mostRows?: number;
  /** False where nobody else's questions could wait for it. */
  readonly isPatient?: boolean;
  readonly signal?: AbortSignal;
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

const known = new WeakSet<Warehouse>();

/** Both who read: whether patient, and the setting that names the user of a server. */
const readers = [
  [false, "warehouse.reader_user"],
  [true, "warehouse.patient_reader_user"],
] as const;

async function mayRead(warehouse: Warehouse, select: string, isPatient: boolean): Promise<boolean> {
  try {
    await warehouse.read(select, { isPatient });
    return true;
  } catch (error) {
    if (error instanceof CartwrightError && error.code === "query_refused") return false;
    throw error;
  }
}

/**
 * Refuses while a reader of a server has a right to columns that say who people are. The embedded engine grants none; a
 * server's users are made by who runs it.
 *
 * @throws query_refused with the statement that takes the right away
 */
export async function requireMaskedReader(warehouse: Warehouse): Promise<void> {
  if (known.has(warehouse)) return;
  for (const [table, columns] of Object.entries(hiddenColumns)) {
    for (const column of columns) {
      const select = `select ${column} from ${table} limit 0`;
      for (const [isPatient, setting] of readers) {
        if (!(await mayRead(warehouse, select, isPatient))) continue;
        const statements = revocations("<database>", `<${setting}>`).join("; ");
        throw new CartwrightError(
          "query_refused",
          `the user of ${setting} may read ${table}.${column}, which says who people are; run on the server: ${statements}`,
        );
      }
    }
  }
  known.add(warehouse);
}

/** Runs one statement as the reader, who can only select from the warehouse; e-mail addresses within texts are masked. */
export async function readSqlResult(
  warehouse: Warehouse,
  sql: string,
  { mostRows = mostConsoleRows, isPatient = true, signal }: SqlOptions = {},
): Promise<SqlResult> {
  await requireMaskedReader(warehouse);
  const startedAt = performance.now();
  const role = isPatient ? "patient" : "reader";
  const stream = await warehouse.stream(role, singleStatement(sql), "JSONCompactEachRowWithNamesAndTypes", {
    name: "console",
    ...(signal ? { signal } : {}),
  });
  const lines: unknown[][] = [];
  let isTruncated = false;
  for await (const line of linesOf(stream)) {
    if (lines.length >= mostRows + 2) {
      isTruncated = true;
      break;
    }
    lines.push(JSON.parse(line) as unknown[]);
  }
  const [names = [], types = [], ...rows] = lines;
  return {
    columns: names.map((name, index) => ({ name: String(name), type: String(types[index]) })),
    rows: rows.map((row) => row.map((value, index) => masked(readValue(value, String(types[index]))))),
    meta: { elapsed_ms: Math.round(performance.now() - startedAt), is_truncated: isTruncated },
  };
}

/** The files of H&M "Personalized Fashion Recommendations" as an operational store: articles, buyers, orders, stock. */
import { CartwrightError } from "../errors.ts";
import type { Querying, StoreConnection } from "./connection.ts";
import { type Fields, type Kind, required, type Verdict, verdicts } from "./hm/forms.ts";
import { records } from "./hm/records.ts";
import { runFile, withRestingTriggers } from "./make-shop.ts";

export interface HmOptions {
  /** Product groups, product types or sections to keep, as the files spell them; empty keeps all. */
  readonly keep: readonly string[];
  /** What a published price is multiplied by: the publisher divided them. */
  readonly priceScale: number;
  /** Digits of the shop's currency after the point. */
  readonly decimals: number;
  readonly timeZone: string;
  readonly onRefused: (refused: RefusedRow) => void;
  readonly onProgress?: (step: string, rows: number) => void;
  readonly signal?: AbortSignal;
}

export interface RefusedRow {
  readonly path: string;
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** read_rows = loaded_rows + filtered_rows + rejected_rows, of each file. */
export interface HmFile {
  readonly path: string;
  readonly kind: Kind;
  read_rows: number;
  loaded_rows: number;
  filtered_rows: number;
  rejected_rows: number;
}

const rowsAtOnce = 5000;

const file = (name: string): URL => new URL(`./hm/${name}.sql`, import.meta.url);

/**
 * Reads the files in the order articles, customers, transactions, whichever way they are given, and makes the shop in one
 * transaction. Transactions of articles that are not kept are passed over.
 *
 * @throws store_conflict when the store has articles already; file_unreadable for a file that is none of the three
 */
export async function importHm(
  connection: StoreConnection,
  paths: readonly string[],
  options: HmOptions,
): Promise<readonly HmFile[]> {
  const [present] = await connection.query("select count(*) as article_count from store.articles");
  if (Number(present?.article_count) > 0)
    throw new CartwrightError("store_conflict", "the store has articles already", {
      hint: "import into an empty store",
    });
  const files: { path: string; kind: Kind; header: readonly string[] }[] = [];
  for (const path of paths) files.push({ path, ...(await recognise(path)) });
  for (const kind of ["articles", "transactions"] as const) {
    if (!files.some((file) => file.kind === kind))
      throw new CartwrightError(
        "file_missing",
        `none of the files has the columns of ${kind}: ${required[kind].join(", ")}`,
        { path: kind },
      );
  }
  const kinds = Object.keys(required);
  files.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  const keep = new Set(options.keep.map((one) => one.toLowerCase()));
  const known = { articles: new Set<string>(), passed: new Set<string>() };
  return await connection.transaction(async (store) => {
    await runFile(store, file("stage"), []);
    const counts: HmFile[] = [];
    for (const file of files) counts.push(await stage(store, file, verdicts(keep, known, options)[file.kind], options));
    await assemble(store, options);
    return counts;
  });
}

async function assemble(store: Querying, { timeZone, onProgress }: HmOptions): Promise<void> {
  const [span] = await store.query(
    "select coalesce(min(bought_on), current_date)::text as oldest, coalesce(max(bought_on), current_date)::text as newest from hm_transactions",
  );
  await store.query("analyze hm_articles, hm_customers, hm_transactions");
  const steps = [
    ["catalogue", [span?.newest]],
    ["people", [span?.newest]],
    ["orders", [timeZone]],
    ["stock", [span?.oldest]],
  ] as const;
  await withRestingTriggers(store, async () => {
    for (const [name, values] of steps) {
      onProgress?.(name, 0);
      await runFile(store, file(name), values);
    }
  });
}

/** Reads a file into its table of stage.sql. */
async function stage(
  store: Querying,
  { path, kind, header }: { path: string; kind: Kind; header: readonly string[] },
  judge: (field: Fields) => Verdict,
  { onRefused, onProgress, signal }: HmOptions,
): Promise<HmFile> {
  const counts: HmFile = { path, kind, read_rows: 0, loaded_rows: 0, filtered_rows: 0, rejected_rows: 0 };
  const places = new Map(header.map((name, index) => [name, index]));
  let batch: object[] = [];
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    const table = `hm_${kind}`;
    await store.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
      JSON.stringify(batch),
    ]);
    batch = [];
    onProgress?.(kind, counts.read_rows);
  };
  for await (const { record, line } of records(path)) {
    if (signal?.aborted) throw new CartwrightError("cancelled", "the import was cancelled; nothing of it stays");
    counts.read_rows += 1;
    const field: Fields = (column) => record[places.get(column) ?? -1] ?? "";
    const verdict = judge(field);
    if (verdict === "passed over") counts.filtered_rows += 1;
    else if ("row" in verdict) {
      counts.loaded_rows += 1;
      batch.push(verdict.row);
      if (batch.length >= rowsAtOnce) await send();
    } else {
      counts.rejected_rows += 1;
      onRefused({ path, line, column: verdict.column, value: field(verdict.column), reason: verdict.reason });
    }
  }
  await send();
  return counts;
}

async function recognise(path: string): Promise<{ kind: Kind; header: readonly string[] }> {
  for await (const { record } of records(path, true)) {
    const header = record.map((name) => name.trim());
    const kind = (Object.keys(required) as Kind[]).find((one) => required[one].every((name) => header.includes(name)));
    if (kind) return { kind, header };
    throw new CartwrightError(
      "file_unreadable",
      `${path} is none of H&M's files: its columns are ${header.slice(0, 8).join(", ")}; articles have ${required.articles.join(", ")}`,
    );
  }
  throw new CartwrightError("file_unreadable", `${path} is empty`);
}

/** A delivery of the store as files: what changed, written once, so that sending it again sends the same. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { currencyDecimals } from "../config.ts";
import type { StoreConnection, StoreRow } from "../store/connection.ts";

/** Each kind of file: the store's view it is read from, and the topics whose subjects it holds. */
const files = {
  customers: { view: "v_out_customers", topics: ["customer"] },
  products: { view: "v_out_articles", topics: ["article", "stock"] },
  orders: { view: "v_out_orders", topics: ["order"] },
  lines: { view: "v_out_lines", topics: ["order", "return"] },
  payments: { view: "v_out_payments", topics: ["order"] },
  movements: { view: "v_out_movements", topics: ["movement"] },
  reviews: { view: "v_out_reviews", topics: ["review"] },
  events: { view: "v_out_events", topics: ["event"] },
  exposures: { view: "v_out_exposures", topics: ["exposure"] },
} as const;
type FileName = keyof typeof files;

/**
 * The files of a delivery, written when they are not there yet. They appear at once, by a rename, so a folder is whole or
 * absent; a delivery that was interrupted is sent from the same files.
 */
export async function writeDelivery(
  store: StoreConnection,
  { folder, deliveryId, currency }: { readonly folder: string; readonly deliveryId: number; readonly currency: string },
): Promise<readonly string[]> {
  const place = join(folder, String(deliveryId));
  const names = Object.keys(files) as FileName[];
  if (!existsSync(place)) {
    const aside = `${place}.part`;
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    for (const name of names) {
      const rows = await readRows(store, name, deliveryId);
      if (rows.length === 0) continue;
      const lines = rows.map((row) => lineOf(row, deliveryId, currencyDecimals(currency)));
      writeFileSync(join(aside, `${name}.jsonl`), lines.join(""), { mode: 0o600, flush: true });
    }
    renameSync(aside, place);
  }
  return names.map((name) => join(place, `${name}.jsonl`)).filter((path) => existsSync(path));
}

async function readRows(store: StoreConnection, name: FileName, deliveryId: number): Promise<readonly StoreRow[]> {
  const { view, topics } = files[name];
  const hasTopic = topics.length > 1 && name === "lines";
  return await store.query(
    `select distinct rows.* from store.${view} as rows
     join store.outbox on outbox.subject_id = rows.subject_id ${hasTopic ? "and outbox.topic = rows.topic" : ""}
     where outbox.delivery_id = $1 and outbox.topic = any ($2)
     order by rows.subject_id`,
    [deliveryId, topics],
  );
}

/** One row of a view as a JSON line, every column of it; amounts leave their minor units, as files carry them. */
function lineOf(row: StoreRow, deliveryId: number, decimals: number): string {
  const { subject_id: _, topic: __, ...columns } = row;
  const entries = Object.entries(columns).map(([column, value]) =>
    column.endsWith("_minor")
      ? [column.replace(/_minor$/, ""), value === null ? null : majorText(Number(value), decimals)]
      : [column, value],
  );
  return `${JSON.stringify(Object.fromEntries([["delivery_id", deliveryId], ...entries]))}\n`;
}

/** Minor units as exact decimal text: 1234 with 2 decimals is "12.34". */
export function majorText(minor: number, decimals: number): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const sign = minor < 0 ? "-" : "";
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

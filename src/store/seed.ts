/** Fills an empty store with a believable fashion shop: catalogue, customers, orders that add up, stock, reviews, events. */
import { readFileSync } from "node:fs";
import { CartwrightError } from "../errors.ts";
import type { Querying, StoreConnection } from "./connection.ts";
import { statementsOf } from "./migrate.ts";

export interface SeedSize {
  readonly customers: number;
  readonly articles: number;
  readonly orders: number;
  readonly events: number;
}

export interface SeedOptions extends SeedSize {
  readonly seed: number;
  /** The newest instant of the seeded shop. */
  readonly until: Date;
  readonly onStep?: (step: string, seconds: number) => void;
}

/** Scale 1 is a small shop; 278 is H&M's: 557 thousand customers, 7,400 articles, 2 million order lines, 20 million events. */
export function sizeOf(scale: number): SeedSize {
  return {
    customers: Math.max(10, Math.round(2003 * scale)),
    articles: Math.min(7400, Math.max(24, Math.round(240 + 26 * (scale - 1)))),
    orders: Math.max(10, Math.round(3400 * scale)),
    events: Math.max(100, Math.round(72_000 * scale)),
  };
}

/** Tables whose triggers rest while the shop is made: the seed writes what they would. */
const restingTables = ["customers", "articles", "orders", "reviews", "events", "categories"] as const;

/**
 * Makes the shop in one transaction; the same seed and size give the same shop.
 *
 * @throws store_conflict when the store has articles already
 */
export async function seedStore(connection: StoreConnection, options: SeedOptions): Promise<void> {
  const [present] = await connection.query("select count(*) as article_count from store.articles");
  if (Number(present?.article_count) > 0) {
    throw new CartwrightError("store_conflict", "the store has articles already", { hint: "seed an empty store" });
  }
  const { seed, customers, articles, orders, events } = options;
  const until = options.until.toISOString();
  const oldest = new Date(options.until.getTime() - 730 * 86_400_000);
  await connection.transaction(async (store) => {
    await runFile(store, "random", []);
    for (const table of restingTables) await store.query(`alter table store.${table} disable trigger user`);
    for (let month = oldest; month <= options.until; month = nextMonth(month))
      await store.query("select store.ensure_event_partition($1)", [month.toISOString().slice(0, 10)]);
    const steps: readonly (readonly [string, readonly unknown[]])[] = [
      ["01_categories", []],
      ["02_articles", [seed, articles, until]],
      ["03_customers", [seed, customers, until]],
      ["04_orders", [seed, orders, until, customers]],
      ["05_order_items", [seed, articles]],
      ["06_returns", [seed, until]],
      ["07_stock", [seed, oldest.toISOString()]],
      ["08_reviews", [seed]],
      ["09_events", [seed, events, until, customers, articles]],
    ];
    for (const [name, values] of steps) {
      const from = performance.now();
      await runFile(store, name, values);
      options.onStep?.(name.slice(3).replaceAll("_", " "), (performance.now() - from) / 1000);
    }
    for (const table of restingTables) await store.query(`alter table store.${table} enable trigger user`);
    await store.query("drop function store.seed_random");
    await store.query("select store.note_everything()");
  });
}

const nextMonth = (month: Date): Date => new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1));

/** Each statement takes only the values it names: their places are counted anew for it. */
async function runFile(store: Querying, name: string, values: readonly unknown[]): Promise<void> {
  const sql = readFileSync(new URL(`./seed/${name}.sql`, import.meta.url), "utf8");
  for (const statement of statementsOf(sql)) {
    const named = [...new Set([...statement.matchAll(/\$(\d)\b/g)].map((match) => Number(match[1])))].sort();
    const renumbered = statement.replace(/\$(\d)\b/g, (_, place: string) => `$${named.indexOf(Number(place)) + 1}`);
    await store.query(
      renumbered,
      named.map((place) => values[place - 1]),
    );
  }
}

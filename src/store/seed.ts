/** Fills an empty store with a believable fashion shop: catalogue, customers, orders that add up, stock, reviews, events. */
import { CartwrightError } from "../errors.ts";
import type { StoreConnection } from "./connection.ts";
import { runFile, withRestingTriggers } from "./make-shop.ts";

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

const file = (name: string): URL => new URL(`./seed/${name}.sql`, import.meta.url);

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
    await runFile(store, file("random"), []);
    await runFile(store, file("shelf"), []);
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
    let from = performance.now();
    const ended = (step: string): void => {
      options.onStep?.(step, (performance.now() - from) / 1000);
      from = performance.now();
    };
    await withRestingTriggers(store, async () => {
      for (const [name, values] of steps) {
        await runFile(store, file(name), values);
        ended(name.slice(3).replaceAll("_", " "));
      }
      await store.query("drop function store.seed_shelf");
      await store.query("drop function store.seed_random");
    });
    ended("outbox");
  });
}

const nextMonth = (month: Date): Date => new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1));

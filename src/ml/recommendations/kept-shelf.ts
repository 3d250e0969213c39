/** The last run of the model as pages ask it: in memory, product by product as they come up, until there is a newer run. */
import type { Clock } from "../../clock.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { type Ground, groundOf } from "./ground.ts";
import { type Beside, best, type HybridWeights, type Shelf, scoreHybrid } from "./hybrid.ts";

const lastRunSql = readSql(new URL("./last-run.sql", import.meta.url));
const neighboursSql = readSql(new URL("./kept-neighbours.sql", import.meta.url));

/** How long a new training may take to be seen. */
const checkedMs = 5000;
/** Each takes a few kilobytes. */
const mostProducts = 10_000;
/** The popular are kept as the neighbours of this id, which no product has. */
const noProduct = "";
const nothing: Beside = { keys: [], weights: [] };

/** What to offer, and what speaks for it most. */
export interface Offer extends Ground {
  /** Natural id. */
  readonly product_id: string;
  readonly product_name: string | null;
  readonly score: number;
}

interface Run extends Shelf {
  readonly key: string;
  readonly weights: HybridWeights;
  readonly names: Map<string, string>;
  /** By natural id; a product without neighbours is there with none. */
  readonly together: Map<string, Beside>;
  readonly similar: Map<string, Beside>;
  readonly popular: Map<string, number>;
}

export class KeptShelf {
  readonly #warehouse: Warehouse;
  readonly #clock: Clock;
  /** Undefined until it has been read. */
  #run: Run | null | undefined;
  #checking: Promise<Run | null> | null = null;
  #checkedAt = 0;

  constructor(warehouse: Warehouse, clock: Clock) {
    this.#warehouse = warehouse;
    this.#clock = clock;
  }

  /**
   * The products to offer, the best first; null before the first training.
   *
   * @param history natural ids of products, the oldest first; what sells when it is empty
   * @param leftOut natural ids that are not offered
   */
  async recommend(
    history: readonly string[],
    leftOut: ReadonlySet<string>,
    count: number,
  ): Promise<readonly Offer[] | null> {
    const run = await this.#current();
    if (!run) return null;
    await this.#read(run, history);
    const scores = scoreHybrid(history, run, run.weights);
    return best(scores, leftOut, count).map((id) => ({
      product_id: id,
      product_name: run.names.get(id) || null,
      score: scores.get(id) ?? 0,
      ...groundOf(id, history, run, run.weights, run.names),
    }));
  }

  /** Only the first waits for a check: what was known answers until it is done. */
  async #current(): Promise<Run | null> {
    if (this.#run === undefined) return await this.#check();
    // The engine may be gone for a moment: asked again with the next page.
    if (this.#clock.now() - this.#checkedAt > checkedMs) this.#check().catch(() => {});
    return this.#run;
  }

  async #check(): Promise<Run | null> {
    this.#checking ??= this.#readRun(this.#run ?? null).finally(() => {
      this.#checking = null;
    });
    return await this.#checking;
  }

  async #readRun(known: Run | null): Promise<Run | null> {
    this.#run = await this.#newest(known);
    this.#checkedAt = this.#clock.now();
    return this.#run;
  }

  async #newest(known: Run | null): Promise<Run | null> {
    const [row] = await this.#warehouse.query(lastRunSql);
    if (!row) return null;
    const key = String(row.run_key);
    if (key === known?.key) return known;
    const number = (name: string): number => Number(row[name]);
    const weights = {
      together: number("together"),
      similar: number("similar"),
      popular: number("popular"),
      recency: number("recency"),
    };
    const run = { key, weights, names: new Map(), together: new Map(), similar: new Map(), popular: new Map() };
    await this.#read(run, [noProduct]);
    return run;
  }

  /** Reads what is not known of the products' neighbours. */
  async #read(run: Run, productIds: readonly string[]): Promise<void> {
    const unknown = productIds.filter((id) => !run.together.has(id));
    if (unknown.length === 0) return;
    if (run.together.size > 0 && run.together.size + unknown.length > mostProducts) {
      run.together.clear();
      run.similar.clear();
      run.names.clear();
      // What is popular is known of the product that is none, its names with it.
      return await this.#read(run, [noProduct, ...productIds]);
    }
    const bindings = { product_ids: unknown, run_key: run.key };
    const rows = await this.#warehouse.query(neighboursSql, { bindings });
    for (const id of unknown) {
      run.together.set(id, nothing);
      run.similar.set(id, nothing);
    }
    for (const { product_id, product_name, source, neighbour_ids, neighbour_names, weights } of rows) {
      const keys = listOf(neighbour_ids).map(String);
      const numbers = listOf(weights).map(Number);
      run.names.set(String(product_id), String(product_name));
      for (const [at, name] of listOf(neighbour_names).entries()) run.names.set(keys[at] ?? "", String(name));
      if (source === "popular") for (const [at, key] of keys.entries()) run.popular.set(key, numbers[at] ?? 0);
      else run[source === "together" ? "together" : "similar"].set(String(product_id), { keys, weights: numbers });
    }
  }
}

const listOf = (value: unknown): readonly unknown[] => value as readonly unknown[];

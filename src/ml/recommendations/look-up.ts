/** Recommendations as a page asks for them: the answer of the analysis of that name, and beside a cart, out of memory but for a customer's history. */
import type { Clock } from "../../clock.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { KeptShelf, type Offer } from "./kept-shelf.ts";

const historySql = readSql(new URL("./person-history.sql", import.meta.url));

export interface Asked {
  /** Natural id; what they have bought is not offered. */
  readonly customerId?: string | undefined;
  /** Natural ids of what they look at or have in the cart, the oldest first: they count as the newest of their history. */
  readonly productIds: readonly string[];
}

export class RecommendationLookUp {
  readonly #warehouse: Warehouse;
  readonly #shelf: KeptShelf;
  #soldOut: { readonly version: string; readonly ids: Promise<readonly string[]> } | null = null;

  constructor(warehouse: Warehouse, clock: Clock) {
    this.#warehouse = warehouse;
    this.#shelf = new KeptShelf(warehouse, clock);
  }

  /**
   * At most `count` offers, the best first; none before the first training.
   *
   * @param dataVersion of the warehouse: what is sold out is read again when it changes
   */
  async offers({ customerId, productIds }: Asked, count: number, dataVersion: string): Promise<readonly Offer[]> {
    const [soldOut, had] = await Promise.all([this.#soldOutAt(dataVersion), this.#historyOf(customerId)]);
    const before = had.filter(({ place, product_id }) => place !== null && !productIds.includes(String(product_id)));
    const history = [...before.reverse().map(({ product_id }) => String(product_id)), ...productIds].slice(-30);
    const bought = had.filter(({ is_bought }) => is_bought).map(({ product_id }) => String(product_id));
    return (await this.#shelf.recommend(history, new Set([...soldOut, ...bought, ...productIds]), count)) ?? [];
  }

  async #historyOf(customerId: string | undefined) {
    if (!customerId) return [];
    return await this.#warehouse.query(historySql, { bindings: { customer_id: customerId } });
  }

  async #soldOutAt(version: string): Promise<readonly string[]> {
    if (this.#soldOut?.version !== version) {
      const ids = this.#warehouse
        .query("select product_id from dim_product where stock_quantity <= 0")
        .then((rows) => rows.map((row) => String(row.product_id)));
      this.#soldOut = { version, ids };
      ids.catch(() => {
        this.#soldOut = null;
      });
    }
    return await this.#soldOut.ids;
  }
}

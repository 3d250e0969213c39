/** Which articles a page offers, and where they come from: the model when it is trained, else what the store itself knows. */
import type { StoreRow } from "../../store/connection.ts";
import { runQuery } from "../../store/query.ts";
import type { Ranking } from "./block-experiment.ts";
import { findCart } from "./cart.ts";
import type { StoreCall } from "./define.ts";

export type Place = "home" | "product" | "cart";

/** Who put the articles there: the trained model, or the store by kind, by sales, by age, by what stands in the same orders. */
export type Source = "model" | "similar" | "popular" | "newest" | "together";

export interface Offers {
  readonly source: Source;
  readonly rows: readonly StoreRow[];
  /** The experiment that chose the ranking, and its variant; null when the block is as always. */
  readonly experiment: { readonly experiment_id: string; readonly variant: string } | null;
}

type AnyCall = StoreCall<unknown, unknown, unknown>;

/** Asked of a ranking, as some of what it names has sold out since or is in the cart. */
const spare = 12;

interface Block {
  readonly call: AnyCall;
  readonly place: Place;
  /** The article looked at, or the last of the cart; null on the home page and with an empty cart. */
  readonly beside: number | null;
  readonly inCart: readonly number[];
  readonly most: number;
}

type Ranked = Omit<Offers, "experiment">;

/** Offers for a place; the article is the one looked at. What is in the cart is not offered there again. */
export async function offersFor(call: AnyCall, place: Place, articleId: number | null, most: number): Promise<Offers> {
  const cartId = place === "cart" ? await findCart(call) : null;
  const lines = cartId === null ? [] : await runQuery(call.connection, "cart-lines", { cart_id: cartId });
  const inCart = lines.map((line) => Number(line.article_id));
  const block = { call, place, beside: place === "product" ? articleId : (inCart.at(-1) ?? null), inCart, most };
  const chosen = await chosenRanking(call, place);
  const ranked = (chosen && (await rank(block, chosen.variant))) ?? (await usual(block));
  return { ...ranked, experiment: chosen && { experiment_id: chosen.experiment_id, variant: chosen.variant } };
}

/** Takes part: a signed-in customer who lets their steps be logged. What they see is kept for the lab, once. */
async function chosenRanking({ store, services, shopper, session }: AnyCall, place: Place) {
  const mayTakePart = shopper !== null && session.consent === true;
  const chosen = await services.chooseRanking(place, mayTakePart ? `S-${shopper.customer_id}` : null);
  if (chosen?.isExposed && mayTakePart)
    await store.noteExposure(chosen.experiment_id, shopper.customer_id, chosen.variant);
  return chosen;
}

/** A block by one ranking alone; null when that has nothing to say here. */
async function rank(block: Block, ranking: Ranking): Promise<Ranked | null> {
  const { call, beside, inCart, most } = block;
  const { connection } = call;
  switch (ranking) {
    case "usual":
      return await usual(block);
    case "popular":
      return { source: "popular", rows: await runQuery(connection, "trending-articles", { without: inCart, most }) };
    case "newest": {
      const found = await runQuery(connection, "catalogue-newest", { most: most + spare + inCart.length });
      return {
        source: "newest",
        rows: notInCart(
          found.filter((row) => row.is_available === true).map(({ cursor_key: _, ...row }) => row),
          block,
        ),
      };
    }
    case "similar":
    case "together": {
      if (beside === null) return null;
      const query = ranking === "similar" ? "similar-articles" : "also-bought";
      const rows = notInCart(
        await runQuery(connection, query, { article_id: beside, most: most + inCart.length }),
        block,
      );
      return rows.length === 0 ? null : { source: ranking, rows };
    }
  }
}

const notInCart = (rows: readonly StoreRow[], { inCart, most }: Block): readonly StoreRow[] =>
  rows.filter((row) => !inCart.includes(Number(row.article_id))).slice(0, most);

/** As always: the model when it is trained, else of the same kind, else what sells. */
async function usual(block: Block): Promise<Ranked> {
  const { call, inCart, most } = block;
  const { connection } = call;
  const { history, bought } = await historyOf(block);
  const skus = (await call.services.recommend(history, bought, most + spare)) ?? [];
  if (skus.length > 0) {
    const rows = notInCart(await runQuery(connection, "articles-by-sku", { skus, most: most + inCart.length }), block);
    // A short list looks like a mistake; the store's own is longer.
    if (rows.length >= Math.min(most, 4)) return { source: "model", rows };
  }
  const similar = await rank(block, "similar");
  return (
    similar ?? { source: "popular", rows: await runQuery(connection, "trending-articles", { without: inCart, most }) }
  );
}

/**
 * What the model goes by, as SKUs, the oldest first: the article looked at, the cart, or what the shopper has had, who is not offered again
 * what they have bought. A visitor who has not agreed has had nothing.
 */
async function historyOf({ call, place, beside, inCart }: Block) {
  const { connection, shopper, session } = call;
  const nothing = new Set<string>();
  if (beside !== null) {
    const article_ids = place === "cart" ? inCart : [beside];
    const rows = await runQuery(connection, "skus", { article_ids });
    return { history: rows.map(({ sku }) => String(sku)), bought: nothing };
  }
  const someone = shopper ? { customer_id: shopper.customer_id } : session.consent && { visitor_id: session.visitorId };
  if (!someone) return { history: [], bought: nothing };
  const rows = await runQuery(connection, "recent-articles", someone);
  return {
    history: rows
      .filter(({ place }) => place !== null)
      .map(({ sku }) => String(sku))
      .reverse(),
    bought: new Set(rows.filter(({ is_bought }) => is_bought).map(({ sku }) => String(sku))),
  };
}

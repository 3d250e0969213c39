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
  const block = { call, beside: place === "product" ? articleId : (inCart.at(-1) ?? null), inCart, most };
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
  const { call, beside, inCart, most } = block;
  const { connection } = call;
  const skus = (await call.services.recommend(await subjectOf(call, beside), most + spare)) ?? [];
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

/** Whom or what the model is asked about, in the warehouse's ids. A visitor who has not agreed is nobody. */
async function subjectOf(call: AnyCall, beside: number | null): Promise<Readonly<Record<string, string>>> {
  const { connection, shopper, session } = call;
  if (beside !== null) {
    const [article] = await runQuery(connection, "article", { article_id: beside });
    if (article) return { product_id: String(article.sku) };
  }
  if (shopper) return { customer_id: `S-${shopper.customer_id}` };
  return session.consent ? { customer_id: `V-${session.visitorId}` } : {};
}

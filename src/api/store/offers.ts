/** Which articles a page offers, and where they come from: the model when it is trained, else what the store itself knows. */
import type { StoreRow } from "../../store/connection.ts";
import { runQuery } from "../../store/query.ts";
import { findCart } from "./cart.ts";
import type { StoreCall } from "./define.ts";

export type Place = "home" | "product" | "cart";

export interface Offers {
  /** model: the trained recommendations; similar: of the same type; popular: what sells. */
  readonly source: "model" | "similar" | "popular";
  readonly rows: readonly StoreRow[];
}

type AnyCall = StoreCall<unknown, unknown, unknown>;

/** Asked of the model, as some of what it names has sold out since or is in the cart. */
const spare = 12;

/** Offers for a place; the article is the one looked at. What is in the cart is not offered there again. */
export async function offersFor(call: AnyCall, place: Place, articleId: number | null, most: number): Promise<Offers> {
  const { connection } = call;
  const cartId = place === "cart" ? await findCart(call) : null;
  const lines = cartId === null ? [] : await runQuery(connection, "cart-lines", { cart_id: cartId });
  const inCart = lines.map((line) => Number(line.article_id));
  const beside = place === "product" ? articleId : (inCart.at(-1) ?? null);
  const skus = (await call.services.recommend(await subjectOf(call, beside), most + spare)) ?? [];
  if (skus.length > 0) {
    const found = await runQuery(connection, "articles-by-sku", { skus, most: most + inCart.length });
    const rows = found.filter((row) => !inCart.includes(Number(row.article_id)));
    // A short list looks like a mistake; the store's own is longer.
    if (rows.length >= Math.min(most, 4)) return { source: "model", rows: rows.slice(0, most) };
  }
  if (beside !== null) {
    const found = await runQuery(connection, "similar-articles", { article_id: beside, most: most + inCart.length });
    const rows = found.filter((row) => !inCart.includes(Number(row.article_id)));
    if (rows.length > 0) return { source: "similar", rows: rows.slice(0, most) };
  }
  return { source: "popular", rows: await runQuery(connection, "trending-articles", { without: inCart, most }) };
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

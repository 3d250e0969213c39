/** The cart of a request: the shopper's, or that of the guest's browser. */
import type { StoreRow } from "../../store/connection.ts";
import { runQuery } from "../../store/query.ts";
import type { StoreCall } from "./define.ts";
import { hashOf } from "./shopper-session.ts";

type AnyCall = StoreCall<unknown, unknown, unknown>;

/** The open cart; null while nothing has been put into one. */
export async function findCart({ connection, shopper, session }: AnyCall): Promise<number | null> {
  const [row] = await runQuery(connection, "open-cart", {
    customer_id: shopper?.customer_id,
    token_hash: session.visitorHash,
  });
  return row ? Number(row.cart_id) : null;
}

/** The open cart, made when there is none. A guest whose token belongs to an ordered cart gets a new token. */
export async function requireCart(call: AnyCall): Promise<number> {
  const { connection, store, shopper, session } = call;
  if (shopper) return await store.openCart(shopper.customer_id, null);
  const found = await findCart(call);
  if (found !== null) return found;
  const [used] = await runQuery(connection, "cart-of-token", { token_hash: session.visitorHash });
  return await store.openCart(null, hashOf(used ? session.renewVisitor() : session.requireVisitor()));
}

export interface CartView {
  readonly rows: readonly StoreRow[];
  readonly unit_count: number;
  /** Goods before coupon, shipping and tax. */
  readonly subtotal_minor: number;
}

export async function viewCart(call: AnyCall): Promise<CartView> {
  const cartId = await findCart(call);
  const rows = cartId === null ? [] : await runQuery(call.connection, "cart-lines", { cart_id: cartId });
  const sum = (column: string): number => rows.reduce((total, row) => total + Number(row[column]), 0);
  return { rows, unit_count: sum("quantity"), subtotal_minor: sum("line_minor") };
}

import { Link } from "@tanstack/react-router";
import { Failure } from "../components/failure.tsx";
import { Offers } from "../components/offers.tsx";
import { Picture } from "../components/picture.tsx";
import { Quantity } from "../components/quantity.tsx";
import { Refusal } from "../components/refusal.tsx";
import { ReservationTimer } from "../components/reservation-timer.tsx";
import type { CartLine } from "../shop-types.ts";
import { useAction } from "../use-action.ts";
import { useCart } from "../use-cart.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted } from "../words.ts";

/** The cart: what is in it, how long it is kept, what cannot be had any more. */
export function CartPage() {
  useTitle("Cart");
  const { money, shop } = useShop();
  const { cart } = useCart();
  const rows = cart.data?.rows ?? [];
  const isOrderable = rows.length > 0 && rows.every((line) => line.is_available);
  const version = rows.map((line) => line.article_id).join();
  if (cart.error) return <Failure error={cart.error} onRetry={() => void cart.refetch()} />;
  if (!cart.data) return <div className="page page-wait" aria-hidden="true" />;
  return (
    <div className="page">
      <h1>Cart</h1>
      {rows.length === 0 ? (
        <div className="empty">
          <p className="notice-what">Your cart is empty.</p>
          <p className="muted">What you put into it is kept for {shop.reservation_minutes} minutes.</p>
          <Link className="button primary" to="/search">
            Look at everything
          </Link>
        </div>
      ) : (
        <div className="with-aside">
          <ul className="lines" aria-label="Articles in the cart">
            {rows.map((line) => (
              <Line key={line.article_id} line={line} />
            ))}
          </ul>
          <section className="summary" aria-labelledby="summary-title">
            <h2 id="summary-title">Summary</h2>
            <dl className="sums">
              <dt>{counted(cart.data.unit_count, "unit")}</dt>
              <dd>{money(cart.data.subtotal_minor)}</dd>
            </dl>
            <p className="small muted">
              {shop.shipping_minor === 0
                ? "Shipping is free."
                : `Shipping is ${money(shop.shipping_minor)}${shop.free_shipping_from_minor === null ? "" : `, free from ${money(shop.free_shipping_from_minor)}`}.`}
            </p>
            <ReservationTimer lines={rows} />
            {isOrderable ? (
              <Link className="button primary wide" to="/checkout">
                Go to checkout
              </Link>
            ) : (
              <p className="refusal" role="alert">
                Something in the cart cannot be had as it is. Lower its units or take it out to go on.
              </p>
            )}
          </section>
        </div>
      )}
      <Offers place="cart" title="Goes with it" version={version} />
    </div>
  );
}

function Line({ line }: { line: CartLine }) {
  const { money } = useShop();
  const { set, remove } = useCart();
  const action = useAction();
  const most = Math.max(line.available_quantity, 1);
  return (
    <li className="line">
      <Link to={`/article/${line.article_id}`} tabIndex={-1} aria-hidden="true">
        <Picture of={line} alt="" isFirst />
      </Link>
      <div className="line-words">
        <Link to={`/article/${line.article_id}`} className="line-name">
          {line.name}
        </Link>
        <span className="small muted">{money(line.unit_price_minor)} each</span>
        {line.is_available ? (
          line.available_quantity <= 5 ? (
            <span className="stock stock-few">Only {line.available_quantity} left for you</span>
          ) : null
        ) : (
          <span className="stock stock-none" role="alert">
            {line.available_quantity === 0
              ? "Sold out since you added it. Take it out to order the rest."
              : `Only ${line.available_quantity} left. Lower the units to order.`}
          </span>
        )}
        <div className="line-tools">
          <Quantity
            of={line.name}
            value={line.quantity}
            most={Math.max(most, line.quantity)}
            isBusy={action.isBusy}
            onChange={(units) => void action.run(() => set(line.article_id, units))}
          />
          <button
            type="button"
            className="link-button"
            disabled={action.isBusy}
            onClick={() => void action.run(() => remove(line.article_id))}
          >
            Remove<span className="sr-only"> {line.name}</span>
          </button>
        </div>
        <Refusal
          error={action.error}
          words={{
            store_refused: `There are not as many of ${line.name} left: ${line.available_quantity} can be had.`,
          }}
        />
      </div>
      <span className="price">{money(line.line_minor)}</span>
    </li>
  );
}

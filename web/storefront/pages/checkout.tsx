import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { ProblemError } from "../../api.ts";
import { AddressFields, emptyAddress } from "../components/address-fields.tsx";
import { Field } from "../components/field.tsx";
import { Refusal } from "../components/refusal.tsx";
import { ReservationTimer } from "../components/reservation-timer.tsx";
import { Sums } from "../components/sums.tsx";
import { keepGuestOrder } from "../guest-orders.ts";
import { forgetPending, keepPending, type OrderBody, pendingOrder } from "../pending-order.ts";
import type { Page, Placed, PostalAddress, Quote, SavedAddress } from "../shop-types.ts";
import { get, send } from "../store-api.ts";
import { track } from "../track.ts";
import { useAction } from "../use-action.ts";
import { useCart } from "../use-cart.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted } from "../words.ts";

/** What a shopper has typed survives a reload, in this tab only. */
const draftPlace = "cartwright-checkout-draft";

interface Draft {
  readonly email: string;
  readonly address: PostalAddress;
}

function readDraft(): Draft {
  try {
    return {
      email: "",
      address: emptyAddress,
      ...(JSON.parse(sessionStorage.getItem(draftPlace) ?? "{}") as Partial<Draft>),
    };
  } catch {
    return { email: "", address: emptyAddress };
  }
}

/** Sends the order; the answer leads to it. What got no answer stays pending. */
function usePlaceOrder() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (order: OrderBody): Promise<void> => {
    try {
      const placed = await send<Placed>("POST", "/checkout", order);
      if (placed.order_token !== null) keepGuestOrder({ order_id: placed.order_id, token: placed.order_token });
      forgetPending();
      await client.invalidateQueries({ queryKey: ["cart"] });
      await navigate({ to: `/orders/${placed.order_id}`, search: { placed: "yes" }, replace: true });
    } catch (error) {
      // A refusal is an answer: nothing was ordered with this key.
      if (error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500) forgetPending();
      throw error;
    }
  };
}

/** Address, way to pay, sum, one button. */
export function CheckoutPage() {
  useTitle("Checkout");
  const { session, shop, money } = useShop();
  const { cart } = useCart();
  const place = usePlaceOrder();
  const action = useAction();
  const [waiting] = useState(pendingOrder);
  const [draft, setDraft] = useState(readDraft);
  const [coupon, setCoupon] = useState("");
  const [applied, setApplied] = useState("");
  const [method, setMethod] = useState(shop.payment_methods[0]?.method ?? "card");
  const isLogged = useRef(false);
  const quote = useQuery({
    queryKey: ["quote", applied],
    queryFn: () => get<Quote>(`/cart/quote${applied === "" ? "" : `?${new URLSearchParams({ coupon: applied })}`}`),
    placeholderData: keepPreviousData,
  });
  const addresses = useQuery({
    queryKey: ["addresses"],
    queryFn: () => get<Page<SavedAddress>>("/addresses"),
    enabled: session.shopper !== null,
  });
  const known = addresses.data?.rows[0];
  useEffect(() => {
    if (known && draft.address.street === "") {
      const { address_id: _, is_default: __, ...address } = known;
      setDraft((before) => ({ ...before, address }));
    }
  }, [known, draft.address.street]);
  useEffect(() => sessionStorage.setItem(draftPlace, JSON.stringify(draft)), [draft]);
  useEffect(() => {
    if (isLogged.current) return;
    isLogged.current = true;
    track(session, "checkout_start");
  }, [session]);

  const rows = cart.data?.rows ?? [];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const order = {
      address: draft.address,
      ...(session.shopper ? {} : { email: draft.email.trim() }),
      ...(applied === "" ? {} : { coupon: applied }),
      method,
    };
    void action.run(async () => await place(keepPending(order)));
  };
  if (waiting && !action.error && rows.length === 0)
    return (
      <Unanswered
        order={waiting}
        isBusy={action.isBusy}
        onRetry={() => void action.run(async () => await place(waiting))}
      />
    );
  if (cart.data && rows.length === 0)
    return (
      <div className="page narrow">
        <h1>Checkout</h1>
        <Refusal
          error={action.error}
          words={{ store_conflict: "That order has been placed already. Look into your mail, or at your orders." }}
        />
        <div className="empty">
          <p className="notice-what">Your cart is empty.</p>
          <Link className="button primary" to="/search">
            Look at everything
          </Link>
        </div>
      </div>
    );
  return (
    <div className="page">
      <h1>Checkout</h1>
      {session.shopper ? null : (
        <p>
          You can order without an account, or{" "}
          <Link to="/sign-in" search={{ next: "/checkout" }}>
            sign in
          </Link>
          .
        </p>
      )}
      <form className="with-aside" onSubmit={submit}>
        <div className="form">
          {session.shopper ? null : (
            <section>
              <h2>Contact</h2>
              <Field
                label="E-mail address"
                type="email"
                autoComplete="email"
                required
                maxLength={254}
                hint="For the confirmation and news of the delivery."
                value={draft.email}
                onChange={(email) => setDraft({ ...draft, email })}
              />
            </section>
          )}
          <section>
            <h2>Where to</h2>
            {addresses.data && addresses.data.rows.length > 0 ? (
              <fieldset className="choices">
                <legend className="sr-only">Your addresses</legend>
                {addresses.data.rows.map(({ address_id, is_default: _, ...address }) => (
                  <button
                    key={address_id}
                    type="button"
                    className="button"
                    onClick={() => setDraft({ ...draft, address })}
                  >
                    {address.recipient}, {address.street}, {address.city}
                  </button>
                ))}
              </fieldset>
            ) : null}
            <AddressFields value={draft.address} onChange={(address) => setDraft({ ...draft, address })} />
          </section>
          <section>
            <h2>How to pay</h2>
            <fieldset className="methods">
              <legend className="sr-only">How to pay</legend>
              {shop.payment_methods.map((one) => (
                <label key={one.method} className={method === one.method ? "chosen" : ""}>
                  <input
                    type="radio"
                    name="method"
                    checked={method === one.method}
                    onChange={() => setMethod(one.method)}
                  />
                  {one.label}
                </label>
              ))}
            </fieldset>
          </section>
        </div>
        <section className="summary" aria-labelledby="sum-title">
          <h2 id="sum-title">Your order</h2>
          <ul className="brief">
            {rows.map((line) => (
              <li key={line.article_id}>
                <span>
                  {line.quantity} × {line.name}
                </span>
                <span className="price">{money(line.line_minor)}</span>
              </li>
            ))}
          </ul>
          <div className="coupon">
            <Field label="Coupon" required={false} maxLength={40} value={coupon} onChange={setCoupon} />
            <button type="button" className="button" onClick={() => setApplied(coupon.trim())}>
              Apply
            </button>
          </div>
          <Refusal error={quote.error} />
          {quote.data ? <Sums quote={quote.data} /> : null}
          <ReservationTimer lines={rows} />
          <OrderRefusal error={action.error} />
          <button
            type="submit"
            className="button primary wide"
            disabled={action.isBusy || quote.error !== null || rows.some((line) => !line.is_available)}
          >
            {action.isBusy
              ? "Ordering …"
              : `Order ${counted(cart.data?.unit_count ?? 0, "unit")} and pay${quote.data ? ` ${money(quote.data.total_minor)}` : ""}`}
          </button>
          <p className="small muted">You can send things back; nothing else is sold to you on the way.</p>
        </section>
      </form>
    </div>
  );
}

/** Why the order was not placed, in words that say whether it is safe to press again: it always is. */
function OrderRefusal({ error }: { error: unknown }) {
  if (error instanceof ProblemError && (error.problem.status === 0 || error.problem.status >= 500))
    return (
      <p className="refusal" role="alert">
        The shop did not answer, so we do not know whether the order has arrived. Press again: the same order is never
        placed twice.
      </p>
    );
  if (error instanceof ProblemError && error.problem.code === "store_refused")
    return (
      <div className="refusal" role="alert">
        <p>The order was not placed and nothing was charged: {error.problem.detail}.</p>
        <Link to="/cart">Change the cart</Link>
      </div>
    );
  return <Refusal error={error} />;
}

/** After a reload in the middle of an order: whether it arrived is found out by asking for the same order again. */
function Unanswered({ order, isBusy, onRetry }: { order: OrderBody; isBusy: boolean; onRetry: () => void }) {
  return (
    <div className="page narrow">
      <h1>Checkout</h1>
      <div className="notice">
        <p className="notice-what">Your last order got no answer.</p>
        <p>
          It was to go to {order.address.recipient}, {order.address.city}. Ask again to see it: the same order is never
          placed twice.
        </p>
        <div className="actions">
          <button type="button" className="button primary" disabled={isBusy} onClick={onRetry}>
            Ask again
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              forgetPending();
              location.reload();
            }}
          >
            Forget it
          </button>
        </div>
      </div>
    </div>
  );
}

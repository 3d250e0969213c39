import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { ProblemError } from "../../api.ts";
import { Failure } from "../components/failure.tsx";
import { Picture } from "../components/picture.tsx";
import { Refusal } from "../components/refusal.tsx";
import { ReturnForm } from "../components/return-form.tsx";
import { Sums } from "../components/sums.tsx";
import { orderHeaders } from "../guest-orders.ts";
import type { Order } from "../shop-types.ts";
import { get, send } from "../store-api.ts";
import { useAction } from "../use-action.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted, dayText, statusWords } from "../words.ts";

/** One order: where it is, what is in it, what can be done about it. */
export function OrderPage() {
  const { id = "" } = useParams({ strict: false });
  const { placed } = useSearch({ strict: false }) as { placed?: string };
  const { shop, session } = useShop();
  const client = useQueryClient();
  const action = useAction();
  const orderId = Number(id);
  const headers = orderHeaders(orderId);
  useTitle(`Order ${id}`);
  const order = useQuery({
    queryKey: ["order", id, session.shopper?.customer_id ?? null],
    queryFn: () => get<Order>(`/orders/${id}`, headers),
    // A payment that is confirmed late shows by itself.
    refetchInterval: ({ state }) =>
      state.data?.status === "created" && state.data.payments.at(-1)?.status === "pending" ? 2000 : false,
  });
  if (order.error instanceof ProblemError && order.error.problem.status === 404)
    return (
      <div className="page narrow">
        <h1>Order {id} is not shown here.</h1>
        <p className="muted">It belongs to an account you are not signed in to, or was placed in another browser.</p>
        <Link className="button primary" to="/sign-in" search={{ next: `/orders/${id}` }}>
          Sign in
        </Link>
      </div>
    );
  if (order.error) return <Failure error={order.error} onRetry={() => void order.refetch()} />;
  if (!order.data) return <div className="page page-wait" aria-hidden="true" />;
  const shown = order.data;
  const reload = async (): Promise<void> => {
    await order.refetch();
    await client.invalidateQueries({ queryKey: ["orders"] });
  };
  const change = (path: string, body: object) => () =>
    void action.run(async () => {
      await send("POST", `/orders/${id}/${path}`, body, headers);
      await reload();
    });
  const isRefused = shown.status === "created" && shown.payments.at(-1)?.status === "failed";
  return (
    <div className="page">
      <nav className="crumbs" aria-label="Where you are">
        <Link to="/orders">Orders</Link>
      </nav>
      <h1>Order {id}</h1>
      {placed && shown.status === "paid" ? (
        <p className="notice notice-good" role="status">
          Thank you. Your order is paid, and a confirmation is on its way to your mail.
        </p>
      ) : null}
      {isRefused ? (
        <div className="notice notice-bad" role="alert">
          <p className="notice-what">The payment was refused; nothing was charged.</p>
          <p>Your articles are kept while you pay another way.</p>
          <div className="actions">
            {shop.payment_methods.map((one) => (
              <button
                key={one.method}
                type="button"
                className="button"
                disabled={action.isBusy}
                onClick={change("pay", { method: one.method })}
              >
                Pay by {one.label.toLowerCase()}
              </button>
            ))}
          </div>
        </div>
      ) : null}
      <Refusal error={action.error} />
      <Track order={shown} />
      <div className="with-aside">
        <div>
          <Lines order={shown} />
          {shown.status === "shipped" || shown.status === "delivered" ? (
            <ReturnForm order={shown} headers={headers} onDone={reload} />
          ) : null}
          <Returns order={shown} />
        </div>
        <section className="summary" aria-labelledby="order-sum">
          <h2 id="order-sum">Sum</h2>
          <Sums quote={shown} />
          <h3>Goes to</h3>
          <address>
            {shown.recipient}
            <br />
            {shown.street}
            <br />
            {shown.postal_code} {shown.city}
            <br />
            {shown.country}
          </address>
          {shown.status === "created" || shown.status === "paid" ? (
            <button
              type="button"
              className="button"
              disabled={action.isBusy}
              onClick={change("cancel", { reason: "cancelled by the shopper" })}
            >
              Cancel the order
            </button>
          ) : null}
        </section>
      </div>
    </div>
  );
}

/** The way of an order, each step with its day. */
function Track({ order }: { order: Order }) {
  const steps = [
    { name: "Placed", at: order.placed_at },
    { name: "Paid", at: order.paid_at },
    { name: "On its way", at: order.shipped_at },
    { name: "Delivered", at: order.delivered_at },
  ];
  if (order.cancelled_at !== null)
    return (
      <p className="notice">
        Cancelled on {dayText(order.cancelled_at)}.{" "}
        {order.paid_at ? "What you paid is refunded." : "Nothing was charged."}
      </p>
    );
  return (
    <section aria-label="Where it is">
      <p className={`status status-${order.status}`}>{statusWords[order.status]}</p>
      <ol className="track">
        {steps.map((step) => (
          <li key={step.name} className={step.at ? "done" : ""}>
            <strong>{step.name}</strong>
            <span className="small muted">{step.at ? dayText(step.at) : "to come"}</span>
          </li>
        ))}
      </ol>
      {order.tracking_code === "" ? null : (
        <p>
          The carrier's number is <strong className="figure">{order.tracking_code}</strong>.
        </p>
      )}
    </section>
  );
}

function Lines({ order }: { order: Order }) {
  const { money } = useShop();
  return (
    <ul className="lines" aria-label="Articles of the order">
      {order.lines.map((line) => (
        <li key={line.order_item_id} className="line">
          <Link to={`/article/${line.article_id}`} tabIndex={-1} aria-hidden="true">
            <Picture of={line} alt="" isFirst />
          </Link>
          <div className="line-words">
            <Link to={`/article/${line.article_id}`} className="line-name">
              {line.name}
            </Link>
            <span className="small muted">
              {counted(line.quantity, "unit")} at {money(line.unit_price_minor)}
            </span>
            {line.returned_quantity > 0 ? (
              <span className="small">{counted(line.returned_quantity, "unit")} sent back</span>
            ) : null}
            {order.paid_at ? (
              <Link to={`/article/${line.article_id}`} hash="reviews" className="small">
                Review it<span className="sr-only">: {line.name}</span>
              </Link>
            ) : null}
          </div>
          <span className="price">{money(line.quantity * line.unit_price_minor - line.discount_minor)}</span>
        </li>
      ))}
    </ul>
  );
}

const returnWords = {
  requested: "asked for, waiting for the shop",
  accepted: "accepted and refunded",
  refused: "refused",
} as const;

function Returns({ order }: { order: Order }) {
  const { money } = useShop();
  if (order.returns.length === 0) return null;
  return (
    <section>
      <h2>Returns</h2>
      <ul className="plain">
        {order.returns.map((one) => (
          <li key={one.return_id}>
            {counted(one.unit_count, "unit")}, {money(one.refund_minor)}: {returnWords[one.status]}{" "}
            <span className="small muted">({dayText(one.decided_at ?? one.requested_at)})</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

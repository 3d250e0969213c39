import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Failure } from "../components/failure.tsx";
import { Picture } from "../components/picture.tsx";
import { guestOrders } from "../guest-orders.ts";
import type { OrderRow, Page } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted, dayText, statusWords } from "../words.ts";

const pageSize = 10;

/** What was ordered, newest first; for a guest, what this browser has ordered. */
export function OrdersPage() {
  useTitle("Orders");
  const { session } = useShop();
  return (
    <div className="page">
      <h1>Orders</h1>
      {session.shopper ? <Own /> : <OfGuest />}
    </div>
  );
}

function OfGuest() {
  const orders = guestOrders();
  return (
    <>
      {orders.length === 0 ? (
        <div className="empty">
          <p className="notice-what">No order has been placed in this browser.</p>
          <p className="muted">Orders of an account are shown after signing in.</p>
        </div>
      ) : (
        <ul className="order-list" aria-label="Orders placed in this browser">
          {orders.map((order) => (
            <li key={order.order_id}>
              <Link to={`/orders/${order.order_id}`}>Order {order.order_id}</Link>
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link to="/sign-in" search={{ next: "/orders" }}>
          Sign in
        </Link>{" "}
        to see the orders of your account.
      </p>
    </>
  );
}

function Own() {
  const { money } = useShop();
  const orders = useInfiniteQuery({
    queryKey: ["orders"],
    queryFn: ({ pageParam }) =>
      get<Page<OrderRow>>(`/orders?limit=${pageSize}${pageParam === 0 ? "" : `&after_id=${pageParam}`}`),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.rows.length === pageSize ? page.rows.at(-1)?.order_id : undefined),
  });
  if (orders.error) return <Failure error={orders.error} onRetry={() => void orders.refetch()} />;
  const rows = orders.data?.pages.flatMap((page) => page.rows);
  if (!rows) return <div className="page-wait" aria-hidden="true" />;
  if (rows.length === 0)
    return (
      <div className="empty">
        <p className="notice-what">You have not ordered yet.</p>
        <Link className="button primary" to="/search">
          Look at everything
        </Link>
      </div>
    );
  return (
    <>
      <ul className="order-list" aria-label="Orders">
        {rows.map((order) => (
          <li key={order.order_id}>
            <div className="order-pictures" aria-hidden="true">
              {order.articles?.slice(0, 4).map((article) => (
                <Picture key={article.article_id} of={article} alt="" />
              ))}
            </div>
            <div>
              <Link to={`/orders/${order.order_id}`} className="line-name">
                Order {order.order_id}
              </Link>
              <p className={`status status-${order.status}`}>{statusWords[order.status]}</p>
              <p className="small muted">
                {dayText(order.placed_at)}, {counted(order.unit_count, "unit")}
              </p>
            </div>
            <span className="price">{money(order.total_minor)}</span>
          </li>
        ))}
      </ul>
      {orders.hasNextPage ? (
        <button type="button" className="button" onClick={() => void orders.fetchNextPage()}>
          Older orders
        </button>
      ) : null}
    </>
  );
}

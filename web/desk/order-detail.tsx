import { Button, Skeleton, TextInput } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import type { DeskOrder } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

/** One order: what is in it, what was paid, its states, and the next step an admin may take. */
export function OrderDetail({ orderId }: { orderId: number }) {
  const { format } = useWorkspace();
  const mayChange = useMayChange();
  const change = useDeskChange();
  const [tracking, setTracking] = useState("");
  const order = useDesk<DeskOrder>(`/desk/orders/${orderId}`);
  if (order.isError) return <ErrorState error={order.error} onRetry={() => void order.refetch()} />;
  if (!order.data) return <Skeleton height={240} radius={6} />;
  const { status, lines, payments, log } = order.data;
  const step = (path: string, body: object | undefined, told: string) => () =>
    void change.send("POST", `/desk/orders/${orderId}/${path}`, body, () => told);
  return (
    <div className="desk-detail">
      <p>
        {order.data.recipient}, {order.data.street}, {order.data.postal_code} {order.data.city}, {order.data.country} ·{" "}
        {order.data.email}
      </p>
      <ul>
        {lines.map((line) => (
          <li key={line.order_item_id}>
            {format.count(line.quantity)} × {line.name} at {format.money(line.unit_price_minor)}
            {line.returned_quantity > 0 ? `, ${format.count(line.returned_quantity)} sent back` : ""}
          </li>
        ))}
      </ul>
      <h3>Payments</h3>
      <ul>
        {payments.map((payment) => (
          <li key={payment.payment_id}>
            {payment.kind} {format.money(payment.amount_minor)}: {payment.status}
          </li>
        ))}
      </ul>
      <h3>States</h3>
      <ol>
        {log.map((entry) => (
          <li key={`${entry.changed_at} ${entry.to_status}`}>
            {format.instant(entry.changed_at)}: {entry.to_status} {entry.note === "" ? "" : `(${entry.note})`}
          </li>
        ))}
      </ol>
      <Outcome of={change} />
      {mayChange ? (
        <div className="desk-row">
          {status === "paid" ? (
            <>
              <TextInput
                label="Carrier's number"
                value={tracking}
                onChange={(event) => setTracking(event.currentTarget.value)}
              />
              <Button
                loading={change.isBusy}
                onClick={step("ship", { tracking_code: tracking }, "Shipped; the customer is told by mail.")}
              >
                Mark as shipped
              </Button>
            </>
          ) : null}
          {status === "shipped" ? (
            <Button loading={change.isBusy} onClick={step("deliver", undefined, "Delivered.")}>
              Mark as delivered
            </Button>
          ) : null}
          {status === "paid" || status === "created" ? (
            <Button
              variant="default"
              loading={change.isBusy}
              onClick={step(
                "cancel",
                { reason: "cancelled by the desk" },
                "Cancelled: restocked, and what was paid is refunded.",
              )}
            >
              Cancel and refund
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

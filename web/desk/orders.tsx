import { Select } from "@mantine/core";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { SideDrawer } from "../components/side-drawer.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { DeskOrderRow, ReturnRow, Rows } from "./desk-types.ts";
import { OrderDetail } from "./order-detail.tsx";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

const statuses = ["created", "paid", "shipped", "delivered", "cancelled", "returned"];
const any = "any status";

/** Orders with their states, and the returns that wait for a decision. */
export function OrdersTab() {
  const { format } = useWorkspace();
  const [status, setStatus] = useState(any);
  const [open, setOpen] = useState<number | null>(null);
  const orders = useDesk<Rows<DeskOrderRow>>(`/desk/orders?limit=50${status === any ? "" : `&status=${status}`}`);
  return (
    <>
      <ReturnsCard />
      <Card
        title="Orders"
        subtitle="The newest 50"
        size="full"
        menu={
          <Select
            aria-label="Status of the orders"
            size="xs"
            data={[any, ...statuses]}
            value={status}
            allowDeselect={false}
            onChange={(chosen) => setStatus(chosen ?? any)}
          />
        }
      >
        <DeskTable
          name="Orders"
          answer={orders}
          keyOf={(row) => row.order_id}
          columns={[
            {
              label: "Order",
              show: (row) => (
                <button type="button" className="link-button" onClick={() => setOpen(row.order_id)}>
                  {row.order_id}
                </button>
              ),
            },
            { label: "Placed", show: (row) => format.instant(row.placed_at) },
            { label: "Status", show: (row) => row.status },
            { label: "Customer", show: (row) => row.email },
            { label: "Country", show: (row) => row.country },
            { label: "Units", isFigure: true, show: (row) => format.count(row.unit_count) },
            { label: "Total", isFigure: true, show: (row) => format.money(row.total_minor) },
          ]}
          empty={{ what: "No such orders.", step: "Choose another status." }}
        />
      </Card>
      <SideDrawer isOpen={open !== null} onClose={() => setOpen(null)} size="lg" title={`Order ${open ?? ""}`}>
        {open === null ? null : <OrderDetail orderId={open} />}
      </SideDrawer>
    </>
  );
}

function ReturnsCard() {
  const { format } = useWorkspace();
  const mayChange = useMayChange();
  const change = useDeskChange();
  const returns = useDesk<Rows<ReturnRow>>("/desk/returns?limit=50");
  const decide = (row: ReturnRow, isAccepted: boolean) => () =>
    void change.send(
      "POST",
      `/desk/returns/${row.return_id}/decision`,
      { is_accepted: isAccepted },
      () =>
        `The return of order ${row.order_id} is ${isAccepted ? "accepted: restocked, and the refund is on its way" : "refused"}.`,
    );
  return (
    <Card title="Returns to decide" subtitle="The oldest first; accepting restocks and refunds" size="full">
      <Outcome of={change} />
      <DeskTable
        name="Returns to decide"
        answer={returns}
        keyOf={(row) => row.return_id}
        columns={[
          { label: "Order", show: (row) => row.order_id },
          { label: "Asked for", show: (row) => format.instant(row.requested_at) },
          { label: "Reason", show: (row) => row.reason },
          { label: "Units", isFigure: true, show: (row) => format.count(row.unit_count) },
          { label: "Refund", isFigure: true, show: (row) => format.money(row.refund_minor) },
          {
            label: "Decision",
            show: (row) =>
              mayChange ? (
                <>
                  <button type="button" className="link-button" disabled={change.isBusy} onClick={decide(row, true)}>
                    Accept and refund
                  </button>
                  <button type="button" className="link-button" disabled={change.isBusy} onClick={decide(row, false)}>
                    Refuse
                  </button>
                </>
              ) : (
                "for admins"
              ),
          },
        ]}
        empty={{ what: "Nothing to decide.", step: "Returns that shoppers ask for appear here." }}
      />
    </Card>
  );
}

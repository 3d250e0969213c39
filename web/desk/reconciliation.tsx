import { Button } from "@mantine/core";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { Rows, Today } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange } from "./use-desk.ts";

interface Day {
  readonly day_on: string;
  readonly store_order_count: number;
  readonly warehouse_order_count: number;
  readonly store_net_revenue_minor: number;
  readonly warehouse_net_revenue_minor: number;
  readonly differing_order_count: number;
  readonly first_differing_order_id: string | null;
}

/** The store against the warehouse, to the cent: compared when asked, as what waits for its delivery differs for some seconds. */
export function ReconciliationTab() {
  const { format, session } = useWorkspace();
  const change = useDeskChange();
  const today = useDesk<Today>("/desk/today");
  const [days, setDays] = useState<Rows<Day> | null>(null);
  const compare = async (): Promise<void> => {
    setDays(await change.send<Rows<Day>>("POST", "/desk/reconciliation", {}));
  };
  const differing = days?.rows.filter((day) => day.differing_order_count > 0) ?? [];
  const waiting = today.data?.waiting_count ?? 0;
  return (
    <Card
      title="Store against warehouse"
      subtitle="Every order of the store, by the day it was placed"
      size="full"
      menu={
        session.user.role === "viewer" ? null : (
          <Button size="compact-sm" loading={change.isBusy} onClick={() => void compare()}>
            Compare now
          </Button>
        )
      }
    >
      <p className="muted">
        {waiting === 0
          ? "Nothing waits for its delivery."
          : `${format.count(waiting)} changes wait for their delivery; days they touch differ until then.`}
      </p>
      <Outcome of={change} />
      {days === null ? (
        <p className="muted">Compare to see both sides.</p>
      ) : (
        <>
          <p className={differing.length === 0 ? "verdict-better" : "verdict-worse"} role="status">
            {differing.length === 0
              ? `Store and warehouse agree on ${format.count(days.rows.length)} days, to the cent.`
              : `${format.count(differing.length)} of ${format.count(days.rows.length)} days differ, first in order ${differing[0]?.first_differing_order_id}.`}
          </p>
          <DeskTable
            name="Store against warehouse"
            answer={{ isError: false, error: null, data: days }}
            keyOf={(day) => day.day_on}
            columns={[
              { label: "Day", show: (day) => format.day(day.day_on) },
              { label: "Orders, store", isFigure: true, show: (day) => format.count(day.store_order_count) },
              { label: "Orders, warehouse", isFigure: true, show: (day) => format.count(day.warehouse_order_count) },
              { label: "Net revenue, store", isFigure: true, show: (day) => format.money(day.store_net_revenue_minor) },
              {
                label: "Net revenue, warehouse",
                isFigure: true,
                show: (day) => format.money(day.warehouse_net_revenue_minor),
              },
              { label: "Differing orders", isFigure: true, show: (day) => format.count(day.differing_order_count) },
            ]}
            empty={{ what: "The store has no orders yet.", step: "Paid orders appear here." }}
          />
        </>
      )}
    </Card>
  );
}

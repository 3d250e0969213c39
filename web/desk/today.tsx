import { Skeleton } from "@mantine/core";
import { Card } from "../components/card.tsx";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { Rows, Today } from "./desk-types.ts";
import { useDesk } from "./use-desk.ts";

interface LowStock {
  readonly article_id: number;
  readonly sku: string;
  readonly name: string;
  readonly stock_quantity: number;
  readonly reorder_point: number;
  readonly days_of_cover: number | null;
}

interface AbandonedCart {
  readonly cart_id: number;
  readonly email: string | null;
  readonly abandoned_at: string;
  readonly unit_count: number;
  readonly subtotal_minor: number;
  /** Null for a cart that was in no mailing. */
  readonly mailing_id: number | null;
}

/** What waits for someone, and the two lists behind it. */
export function TodayTab() {
  const { format, session } = useWorkspace();
  const today = useDesk<Today>("/desk/today");
  const low = useDesk<Rows<LowStock>>("/desk/low-stock?limit=20");
  const mayNames = session.user.role !== "viewer";
  const carts = useDesk<Rows<AbandonedCart>>("/desk/abandoned-carts?limit=20", mayNames);
  const known = today.data;
  const tiles = known
    ? [
        { label: "Orders today", figure: format.count(known.order_count) },
        { label: "Revenue today", figure: format.money(known.revenue_minor) },
        { label: "To be shipped", figure: format.count(known.to_ship_count) },
        { label: "Returns to decide", figure: format.count(known.return_count) },
        { label: "Reviews to read", figure: format.count(known.review_count) },
        { label: "To reorder", figure: format.count(known.low_stock_count) },
        { label: "Carts left behind", figure: format.count(known.abandoned_cart_count) },
      ]
    : [];
  return (
    <>
      <Card title="Today" subtitle="Since midnight UTC; what waits is of any day" size="full">
        {today.isError ? <ErrorState error={today.error} onRetry={() => void today.refetch()} /> : null}
        {today.isPending ? <Skeleton height={64} radius={6} /> : null}
        <dl className="desk-tiles">
          {tiles.map(({ label, figure }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="figure">{figure}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card title="To reorder" subtitle="At or below the reorder point, the emptiest first" size="half">
        <DeskTable
          name="To reorder"
          answer={low}
          keyOf={(row) => row.article_id}
          columns={[
            { label: "Article", show: (row) => row.name },
            { label: "Stock", isFigure: true, show: (row) => format.count(row.stock_quantity) },
            { label: "Reorder at", isFigure: true, show: (row) => format.count(row.reorder_point) },
            { label: "Lasts", isFigure: true, show: (row) => format.days(row.days_of_cover) },
          ]}
          empty={{ what: "Nothing to reorder.", step: "Articles appear here at their reorder point." }}
        />
      </Card>
      <Card title="Carts left behind" subtitle="Idle for 24 hours, the latest first, at today's prices" size="half">
        {mayNames ? (
          <DeskTable
            name="Carts left behind"
            answer={carts}
            keyOf={(row) => row.cart_id}
            columns={[
              { label: "Customer", show: (row) => row.email ?? "Guest" },
              { label: "Left", show: (row) => format.instant(row.abandoned_at) },
              { label: "Units", isFigure: true, show: (row) => format.count(row.unit_count) },
              { label: "Value", isFigure: true, show: (row) => format.money(row.subtotal_minor) },
              { label: "Mailing", show: (row) => row.mailing_id ?? "–" },
            ]}
            empty={{ what: "No cart has been left behind.", step: "A cart appears here after a day without a change." }}
          />
        ) : (
          <p className="muted">Analysts and admins see whose carts these are.</p>
        )}
      </Card>
    </>
  );
}

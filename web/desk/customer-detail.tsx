import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { labelOf } from "../values.ts";
import { type DeskColumn, DeskTable } from "./desk-table.tsx";
import type { DeskCustomer } from "./desk-types.ts";
import { PersonExport } from "./person-export.tsx";
import { useDesk } from "./use-desk.ts";

/** One customer from every side: who they are, what models say, and what they did, list by list. */
export function CustomerDetail({ customerId }: { customerId: number }) {
  const { format } = useWorkspace();
  const customer = useDesk<DeskCustomer>(`/desk/customers/${customerId}`);
  if (customer.isError) return <ErrorState error={customer.error} onRetry={() => void customer.refetch()} />;
  if (!customer.data) return <Skeleton height={320} radius={6} />;
  const { data } = customer;
  const { propensity_rate, churn_rate, clv_minor } = data.scores;
  const isScored = propensity_rate !== null || churn_rate !== null || clv_minor !== null;
  const facts = [
    { label: "Loyalty score", figure: format.number(data.loyalty_score) },
    { label: "Points", figure: format.count(data.point_count) },
    ...(isScored
      ? [
          { label: "Will order in 30 days", figure: format.rate(propensity_rate) },
          { label: "Will not come back", figure: format.rate(churn_rate) },
          { label: "Expected in a year", figure: format.money(clv_minor) },
        ]
      : []),
  ];
  const account = data.is_verified ? "Account with a confirmed address" : "Account, address not confirmed";
  const words = [
    ...(data.name === "" ? [] : [data.name]),
    data.is_registered ? account : "Guest",
    data.accepts_mail ? "Agrees to mails about carts left behind" : "Wants no mails but those about orders",
    `${data.is_active ? "Last seen" : "Inactive, last seen"} ${format.instant(data.last_active_at)}`,
  ];
  return (
    <div className="desk-detail">
      <p>{words.join(". ")}.</p>
      <dl className="desk-tiles">
        {facts.map(({ label, figure }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="figure">{figure}</dd>
          </div>
        ))}
      </dl>
      {isScored ? null : <p className="muted">No model has scored this customer yet; the Models page trains them.</p>}
      <Part
        title="Orders"
        rows={data.orders}
        keyOf={(row) => row.order_id}
        columns={[
          { label: "Order", show: (row) => row.order_id },
          { label: "Placed", show: (row) => format.instant(row.placed_at) },
          { label: "Status", show: (row) => row.status },
          { label: "Total", isFigure: true, show: (row) => format.money(row.total_minor) },
        ]}
      />
      <Part
        title="Carts"
        rows={data.carts}
        keyOf={(row) => row.cart_id}
        columns={[
          { label: "Last change", show: (row) => format.instant(row.last_active_at) },
          { label: "Became", show: (row) => (row.order_id === null ? cartWords(row) : `order ${row.order_id}`) },
          { label: "Units", isFigure: true, show: (row) => format.count(row.unit_count) },
          { label: "Value", isFigure: true, show: (row) => format.money(row.subtotal_minor) },
        ]}
      />
      <Part
        title="Returns"
        rows={data.returns}
        keyOf={(row) => row.return_id}
        columns={[
          { label: "Order", show: (row) => row.order_id },
          { label: "Asked for", show: (row) => format.instant(row.requested_at) },
          { label: "Status", show: (row) => row.status },
          { label: "Refund", isFigure: true, show: (row) => format.money(row.refund_minor) },
        ]}
      />
      <Part
        title="Reviews"
        rows={data.reviews}
        keyOf={(row) => row.review_id}
        columns={[
          { label: "Article", show: (row) => row.article_name },
          { label: "Stars", isFigure: true, show: (row) => format.count(row.rating) },
          { label: "Status", show: (row) => row.status },
        ]}
      />
      <Part
        title="Points"
        rows={data.points}
        keyOf={(row) => row.entry_id}
        columns={[
          { label: "When", show: (row) => format.instant(row.earned_at) },
          { label: "Why", show: (row) => labelOf(row.reason) },
          { label: "Points", isFigure: true, show: (row) => format.number(row.points) },
        ]}
      />
      <Part
        title="Mails"
        rows={data.mails}
        keyOf={(row) => row.mail_id}
        columns={[
          { label: "Mail", show: (row) => labelOf(row.template) },
          { label: "Sent", show: (row) => (row.sent_at === null ? "waits" : format.instant(row.sent_at)) },
        ]}
      />
      <PersonExport customerId={customerId} />
    </div>
  );
}

const cartWords = ({ status, abandoned_at }: DeskCustomer["carts"][number]): string =>
  status === "open" ? (abandoned_at === null ? "still open" : "left behind") : status;

interface PartProps<T> {
  readonly title: string;
  readonly rows: readonly T[];
  readonly columns: readonly DeskColumn<T>[];
  readonly keyOf: (row: T) => number;
}

const mostAtFirst = 8;

/** One list of the customer, the newest of a long one first; none is said in a word, as most have few of most things. */
function Part<T>({ title, rows, columns, keyOf }: PartProps<T>) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole || rows.length <= mostAtFirst + 2 ? rows : rows.slice(0, mostAtFirst);
  return (
    <section>
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p className="muted">None.</p>
      ) : (
        <DeskTable
          name={title}
          answer={{ isError: false, error: null, data: { rows: shown } }}
          keyOf={keyOf}
          columns={columns}
          empty={{ what: "", step: "" }}
        />
      )}
      {shown.length < rows.length ? (
        <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
          Show all {rows.length}
        </Button>
      ) : null}
    </section>
  );
}

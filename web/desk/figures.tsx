import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { labelOf } from "../values.ts";
import { DeskTable } from "./desk-table.tsx";
import type { Rows } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

type Row = Readonly<Record<string, string | number | null>>;

/** The store's materialized views: what each shows, the route that reads it, what a row is known by. */
const views = [
  { view: "mv_daily_sales", label: "Daily sales", path: "daily-sales", key: "day_on", isNamed: false },
  { view: "mv_monthly_sales", label: "Monthly sales", path: "monthly-sales", key: "month_on", isNamed: false },
  { view: "mv_product_demand", label: "Product demand", path: "demand", key: "article_id", isNamed: false },
  { view: "mv_rfm", label: "RFM segments", path: "rfm", key: "rfm_segment", isNamed: false },
  { view: "mv_customer_clv", label: "Value of customers", path: "clv", key: "customer_id", isNamed: true },
] as const;

/** Figures of the store itself, to the cent of the last refresh; a refresh says how long it took and how many rows there are. */
export function FiguresTab() {
  const { format, session } = useWorkspace();
  const mayChange = useMayChange();
  const change = useDeskChange();
  const [name, setName] = useState<string>("mv_daily_sales");
  const known = views.filter((one) => !one.isNamed || session.user.role !== "viewer");
  const shown = known.find((one) => one.view === name) ?? views[0];
  const answer = useDesk<Rows<Row>>(`/desk/${shown.path}?limit=200`);
  const show = (column: string, value: Row[string] | undefined): string => {
    if (column.endsWith("_minor")) return format.money(value);
    if (column.endsWith("_rate")) return format.rate(value);
    if (column.endsWith("_month") || column === "month_on") return format.month(value);
    if (column.endsWith("_on")) return format.day(value);
    if (column.endsWith("_id") || typeof value !== "number") return String(value ?? "–");
    return format.number(value);
  };
  const [first] = answer.data?.rows ?? [];
  const columns = Object.keys(first ?? {}).map((column) => ({
    label: labelOf(column),
    isFigure: typeof first?.[column] === "number" && !column.endsWith("_id"),
    show: (row: Row) => show(column, row[column]),
  }));
  const refresh = (): void =>
    void change.send<{ row_count: number; seconds: number }>(
      "POST",
      `/desk/views/${shown.view}/refresh`,
      undefined,
      ({ row_count, seconds }) =>
        `${shown.label}: ${format.count(row_count)} rows, refreshed in ${format.seconds(seconds)}.`,
    );
  return (
    <Card
      title={shown.label}
      subtitle="From the store itself, as of its last refresh; a running server refreshes every ten minutes"
      size="full"
      menu={
        <div className="desk-row">
          <Select
            aria-label="Figures"
            size="xs"
            allowDeselect={false}
            data={known.map(({ view, label }) => ({ value: view, label }))}
            value={shown.view}
            onChange={(chosen) => setName(chosen ?? "mv_daily_sales")}
          />
          {mayChange ? (
            <Button size="compact-sm" variant="default" loading={change.isBusy} onClick={refresh}>
              Refresh now
            </Button>
          ) : null}
        </div>
      }
    >
      <Outcome of={change} />
      <DeskTable
        name={shown.label}
        answer={answer}
        columns={columns}
        keyOf={(row) => String(row[shown.key])}
        empty={{ what: "Nothing to show yet.", step: "Refresh after the first orders." }}
      />
    </Card>
  );
}

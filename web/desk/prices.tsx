import { Button, NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { CouponsCard } from "./coupons.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { CategoryRow, MarkdownRow, Rows } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { PriceSchedulesCard } from "./price-schedules.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

interface Markdown {
  readonly category_id: number;
  readonly percentile: number;
  readonly markdown_percent: number;
  readonly days: number;
}

/** Prices: the markdown assistant, prices that take effect later, coupons. */
export const PricesTab = () => (
  <>
    <MarkdownCard />
    <PriceSchedulesCard />
    <CouponsCard />
  </>
);

/** The markdown assistant: what sells least in a category, what its price would be, and only then the change. */
function MarkdownCard() {
  const { format } = useWorkspace();
  const mayChange = useMayChange();
  const change = useDeskChange();
  const categories = useDesk<Rows<CategoryRow>>("/categories");
  const [category, setCategory] = useState<string | null>(null);
  const [slowest, setSlowest] = useState<number | string>(25);
  const [off, setOff] = useState<number | string>(20);
  const [days, setDays] = useState<number | string>(90);
  const [preview, setPreview] = useState<{ readonly of: Markdown; readonly rows: readonly MarkdownRow[] } | null>(null);
  if (!mayChange)
    return (
      <Card title="Markdown" subtitle="For admins" size="full">
        <p className="muted">Prices are changed by admins.</p>
      </Card>
    );
  const ask = async (): Promise<void> => {
    const of = {
      category_id: Number(category),
      percentile: Number(slowest) / 100,
      markdown_percent: Number(off),
      days: Number(days),
    };
    const answer = await change.send<Rows<MarkdownRow>>("POST", "/desk/markdown", { ...of, is_preview: true });
    setPreview(answer ? { of, rows: answer.rows } : null);
  };
  const apply = async (): Promise<void> => {
    if (!preview) return;
    const answer = await change.send<Rows<MarkdownRow>>(
      "POST",
      "/desk/markdown",
      { ...preview.of, is_preview: false },
      ({ rows }) => `${format.count(changed(rows).length)} prices are changed.`,
    );
    if (answer) setPreview(null);
  };
  const moved = preview ? changed(preview.rows) : [];
  return (
    <Card
      title="Markdown"
      subtitle="What sells least becomes cheaper, never below its cost; look first, then change"
      size="full"
    >
      <div className="desk-row">
        <Select
          label="Category"
          data={(categories.data?.rows ?? []).map((row) => ({
            value: String(row.category_id),
            label: row.parent === null ? row.name : `${row.name}, ${row.parent}`,
          }))}
          value={category}
          onChange={(chosen) => {
            setCategory(chosen);
            setPreview(null);
          }}
        />
        <NumberInput label="Slowest, % of articles" min={0} max={100} value={slowest} onChange={setSlowest} />
        <NumberInput label="Off, %" min={0} max={90} value={off} onChange={setOff} />
        <NumberInput label="By units of the last days" min={1} max={3650} value={days} onChange={setDays} />
        <Button variant="default" loading={change.isBusy} disabled={category === null} onClick={() => void ask()}>
          Show the effect
        </Button>
      </div>
      <Outcome of={change} />
      {preview ? (
        <>
          <p>
            {format.count(moved.length)} of {format.count(preview.rows.length)} articles would change. At the pace of
            the last {format.count(preview.of.days)} days they would bring {format.money(lost(moved))} less, if the new
            prices sold no unit more.
          </p>
          <DeskTable
            name="Markdown"
            answer={{ isError: false, error: null, data: preview }}
            keyOf={(row: MarkdownRow) => row.article_id}
            columns={[
              { label: "Article", show: (row) => row.name },
              { label: "Units sold", isFigure: true, show: (row) => format.count(row.unit_count) },
              { label: "Price", isFigure: true, show: (row) => format.money(row.old_price_minor) },
              { label: "New price", isFigure: true, show: (row) => format.money(row.new_price_minor) },
            ]}
            empty={{ what: "No article is for sale in this category.", step: "Choose another one." }}
          />
          <Button loading={change.isBusy} disabled={moved.length === 0} onClick={() => void apply()}>
            Change {format.count(moved.length)} prices
          </Button>
        </>
      ) : null}
    </Card>
  );
}

const changed = (rows: readonly MarkdownRow[]): readonly MarkdownRow[] =>
  rows.filter((row) => row.new_price_minor !== row.old_price_minor);

const lost = (rows: readonly MarkdownRow[]): number =>
  rows.reduce((sum, row) => sum + row.unit_count * (row.old_price_minor - row.new_price_minor), 0);

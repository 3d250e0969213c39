import { Button, FileButton, NumberInput, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { SideDrawer } from "../components/side-drawer.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { DeskArticle, Movement, Rows } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

/** What was counted, one article or a whole file, and the ledger behind each stock. */
export function StockTab() {
  const { format } = useWorkspace();
  const mayChange = useMayChange();
  const bulk = useDeskChange();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const [open, setOpen] = useState<DeskArticle | null>(null);
  const articles = useDesk<Rows<DeskArticle>>(
    `/desk/articles?${new URLSearchParams({ limit: "50", ...(search === "" ? {} : { q: search }) })}`,
  );
  const load = async (file: File | null): Promise<void> => {
    if (file === null) return;
    await bulk.send<{ changed_count: number }>(
      "POST",
      "/desk/stock/csv",
      await file.text(),
      ({ changed_count }) => `${format.count(changed_count)} articles have a new stock.`,
    );
  };
  return (
    <>
      <Card
        title="Stock"
        subtitle="As the ledger has it; search by SKU or name"
        size="full"
        menu={
          mayChange ? (
            <FileButton accept="text/csv,.csv" onChange={(file) => void load(file)}>
              {(props) => (
                <Button {...props} size="compact-sm" variant="default" loading={bulk.isBusy}>
                  Load a CSV (sku, stock)
                </Button>
              )}
            </FileButton>
          ) : null
        }
      >
        <Outcome of={bulk} />
        <TextInput
          aria-label="Search articles"
          placeholder="SKU or name"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <DeskTable
          name="Stock"
          answer={articles}
          keyOf={(row) => row.article_id}
          columns={[
            { label: "SKU", show: (row) => row.sku },
            {
              label: "Article",
              show: (row) => (
                <button type="button" className="link-button" onClick={() => setOpen(row)}>
                  {row.name}
                </button>
              ),
            },
            { label: "Category", show: (row) => row.category },
            { label: "Price", isFigure: true, show: (row) => format.money(row.price_minor) },
            { label: "Cost", isFigure: true, show: (row) => format.money(row.cost_minor) },
            { label: "Reorder at", isFigure: true, show: (row) => format.count(row.reorder_point) },
            { label: "Stock", isFigure: true, show: (row) => format.count(row.stock_quantity) },
            { label: "On sale", show: (row) => (row.is_active ? "yes" : "no") },
          ]}
          empty={{ what: "No article is called that.", step: "Search for other letters of its name, or its SKU." }}
        />
      </Card>
      <SideDrawer isOpen={open !== null} onClose={() => setOpen(null)} size="lg" title={open?.name ?? ""}>
        {open === null ? null : <ArticleStock article={open} />}
      </SideDrawer>
    </>
  );
}

/** Stock and price of one article, with the ledger of what came and went. */
function ArticleStock({ article }: { article: DeskArticle }) {
  const { format, shop } = useWorkspace();
  const mayChange = useMayChange();
  const change = useDeskChange();
  const major = 10 ** shop.currency_decimals;
  const [stock, setStock] = useState<number | string>(article.stock_quantity);
  const [price, setPrice] = useState<number | string>(article.price_minor / major);
  const path = `/desk/articles/${article.article_id}`;
  const movements = useDesk<Rows<Movement>>(`${path}/movements?limit=50`);
  return (
    <div className="desk-detail">
      {mayChange ? (
        <>
          <div className="desk-row">
            <NumberInput label="Counted stock" min={0} allowDecimal={false} value={stock} onChange={setStock} />
            <Button
              loading={change.isBusy}
              disabled={stock === ""}
              onClick={() =>
                void change.send(
                  "PUT",
                  `${path}/stock`,
                  { stock: Number(stock), note: "counted at the desk" },
                  () => `The stock is ${stock} now.`,
                )
              }
            >
              Set the stock
            </Button>
          </div>
          <div className="desk-row">
            <NumberInput
              label={`Price in ${shop.currency}`}
              min={0}
              decimalScale={shop.currency_decimals}
              value={price}
              onChange={setPrice}
            />
            <Button
              variant="default"
              loading={change.isBusy}
              disabled={price === ""}
              onClick={() =>
                void change.send(
                  "PUT",
                  `${path}/price`,
                  { price_minor: Math.round(Number(price) * major), reason: "set at the desk" },
                  () => "The price is changed.",
                )
              }
            >
              Set the price
            </Button>
          </div>
        </>
      ) : null}
      <Outcome of={change} />
      <DeskTable
        name="Movements"
        answer={movements}
        keyOf={(row) => row.movement_id}
        columns={[
          { label: "When", show: (row) => format.instant(row.moved_at) },
          {
            label: "Units",
            isFigure: true,
            show: (row) => `${row.quantity > 0 ? "+" : "−"}${format.count(Math.abs(row.quantity))}`,
          },
          { label: "Kind", show: (row) => row.kind },
          { label: "Order", show: (row) => row.order_id ?? "" },
          { label: "Note", show: (row) => row.note },
        ]}
        empty={{ what: "Nothing has moved.", step: "Counting, sales and returns appear here." }}
      />
    </div>
  );
}

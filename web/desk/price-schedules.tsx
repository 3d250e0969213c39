import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { DeskArticle, PriceScheduleRow, Rows } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

/** Prices that take effect later: made for an article, taken back while they wait. */
export function PriceSchedulesCard() {
  const { format, shop } = useWorkspace();
  const mayChange = useMayChange();
  const change = useDeskChange();
  const schedules = useDesk<Rows<PriceScheduleRow>>("/desk/price-schedules");
  const [text, setText] = useState("");
  const [article, setArticle] = useState<DeskArticle | null>(null);
  // What was chosen stands in the field; it is no search.
  const [search] = useDebouncedValue(article && text === titleOf(article) ? "" : text.trim(), 250);
  const articles = useDesk<Rows<DeskArticle>>(
    `/desk/articles?${new URLSearchParams({ limit: "20", ...(search === "" ? {} : { q: search }) })}`,
    mayChange,
  );
  const found = articles.data?.rows ?? [];
  const offered = article && !found.some((row) => row.article_id === article.article_id) ? [article, ...found] : found;
  const [price, setPrice] = useState<number | string>("");
  const [at, setAt] = useState("");
  const schedule = (): void =>
    void change.send(
      "POST",
      "/desk/price-schedules",
      {
        article_id: article?.article_id,
        price_minor: Math.round(Number(price) * 10 ** shop.currency_decimals),
        starts_at: `${at.length === 16 ? `${at}:00` : at}Z`,
      },
      () => "The price waits for its time.",
    );
  return (
    <Card title="Prices to come" subtitle="Each takes effect by itself within a minute of its time" size="full">
      {mayChange ? (
        <>
          <div className="desk-form">
            <Select
              label="Article"
              placeholder="SKU or name"
              searchable
              searchValue={text}
              onSearchChange={setText}
              filter={({ options }) => options}
              data={offered.map((row) => ({ value: String(row.article_id), label: titleOf(row) }))}
              value={article ? String(article.article_id) : null}
              onChange={(chosen) => setArticle(offered.find((row) => String(row.article_id) === chosen) ?? null)}
            />
            <NumberInput
              label={`New price, ${shop.currency}`}
              min={0}
              decimalScale={shop.currency_decimals}
              value={price}
              onChange={setPrice}
            />
            <TextInput
              label="From, UTC"
              type="datetime-local"
              value={at}
              onChange={(event) => setAt(event.currentTarget.value)}
            />
            <Button loading={change.isBusy} disabled={article === null || price === "" || at === ""} onClick={schedule}>
              Schedule the price
            </Button>
          </div>
          <Outcome of={change} />
        </>
      ) : null}
      <DeskTable
        name="Prices to come"
        answer={schedules}
        keyOf={(row) => row.schedule_id}
        columns={[
          { label: "From", show: (row) => format.instant(row.starts_at) },
          { label: "Article", show: (row) => row.name },
          { label: "Price now", isFigure: true, show: (row) => format.money(row.price_now_minor) },
          { label: "Price then", isFigure: true, show: (row) => format.money(row.price_minor) },
          {
            label: "Change",
            show: (row) =>
              mayChange ? (
                <button
                  type="button"
                  className="link-button"
                  disabled={change.isBusy}
                  aria-label={`Take back the price of ${row.name}`}
                  onClick={() =>
                    void change.send(
                      "DELETE",
                      `/desk/price-schedules/${row.schedule_id}`,
                      undefined,
                      () => "The price is taken back.",
                    )
                  }
                >
                  Take back
                </button>
              ) : (
                "for admins"
              ),
          },
        ]}
        empty={{ what: "No price waits.", step: "Schedule one for an article." }}
      />
    </Card>
  );
}

const titleOf = ({ name, sku }: DeskArticle): string => `${name} (${sku})`;

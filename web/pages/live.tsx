import "../styles/live.css";
import { Skeleton } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { Card } from "../components/card.tsx";
import { PlainTiles } from "../components/plain-tiles.tsx";
import { EmptyState, ErrorState } from "../components/states.tsx";
import type { Format } from "../format.ts";
import { agoText, instantText } from "../format-dates.ts";
import { liveSentence, rateNow } from "../live/live-words.ts";
import { RateChart, spanText } from "../live/rate-chart.tsx";
import { type LiveAnswer, type LivePicture, useLive } from "../live/use-live.ts";
import { useWorkspace } from "../shell/workspace.tsx";

/** What happens in the shop at this moment. */
export function LivePage() {
  const { shop, format } = useWorkspace();
  const { answer, error } = useLive();
  useEffect(() => {
    document.title = `Live – ${shop.name} – Cartwright`;
  }, [shop.name]);
  return (
    <div className="page">
      <h1 className="sr-only">Live</h1>
      <p className="lead">{answer ? liveSentence(answer, format) : "What happens in the shop at this moment."}</p>
      {error && answer ? (
        <p role="status" className="live-stale">
          The server has not answered since {instantText(answer.live?.now ?? "", shop.time_zone)}; what stands here is
          of then.
        </p>
      ) : null}
      {answer === null && error ? <ErrorState error={error} /> : null}
      {answer === null && !error ? <Skeleton height={420} radius={8} /> : null}
      {answer ? <Pictures answer={answer} format={format} timeZone={shop.time_zone} /> : null}
    </div>
  );
}

interface PicturesProps {
  readonly answer: LiveAnswer;
  readonly format: Format;
  readonly timeZone: string;
}

function Pictures({ answer, format, timeZone }: PicturesProps) {
  const { live } = answer;
  if (live === null || (live.last_event_at === null && live.rejected_count === 0)) {
    return (
      <EmptyState
        what="No events yet."
        step="Make a key with `cartwright write-key create --name web`, and send events to /v1/batch in Segment's form or with /cartwright.js."
      />
    );
  }
  return (
    <div className="grid">
      <Card title="Now" subtitle={`Since ${instantText(live.since, timeZone)}, when the server started`} size="full">
        <Figures answer={answer} live={live} format={format} />
      </Card>
      <Card
        title="Events a second"
        subtitle={`Last ${spanText(live.accepted_counts.length)}, accepted events`}
        size="full"
      >
        <RateChart counts={live.accepted_counts} format={format} />
      </Card>
      <Card title="Last orders" subtitle="The newest first" size="full">
        <Rows
          empty="No order has arrived since the server started."
          head={["Order", "Customer", "Lines", "Arrived"]}
          rows={live.orders.map((order) => [
            order.order_id,
            order.customer_id,
            format.count(order.line_count),
            agoText(order.received_at, Date.parse(live.now)),
          ])}
        />
      </Card>
      <Card title="Pages" subtitle="Last 30 minutes, most seen first" size="half">
        <Rows
          empty="No page has been seen in the last 30 minutes."
          head={["Page", "Views"]}
          rows={live.pages.map((page) => [page.path || "(unnamed)", format.count(page.event_count)])}
        />
      </Card>
      <Card title="Products" subtitle="Last 30 minutes, most viewed first" size="half">
        <Rows
          empty="No product has been viewed in the last 30 minutes."
          head={["Product", "Views"]}
          rows={live.products.map((product) => [
            product.product_name || product.product_id,
            format.count(product.event_count),
          ])}
        />
      </Card>
    </div>
  );
}

function Figures({ answer, live, format }: { answer: LiveAnswer; live: LivePicture; format: Format }) {
  const rate = rateNow(live.accepted_counts);
  const now = Date.parse(live.now);
  const figures: readonly (readonly [string, string, string])[] = [
    ["Visitors now", format.count(live.visitor_count), "seen in the last 5 minutes"],
    ["Events a second", rate === null ? "–" : format.count(rate), "over the last 30 seconds"],
    ["Last event", live.last_event_at === null ? "–" : agoText(live.last_event_at, now), "accepted"],
    [
      "Figures updated",
      answer.refreshed_at === null ? "–" : agoText(answer.refreshed_at, now),
      "sessions, orders, rollups",
    ],
    [
      "Not accepted",
      format.count(live.rejected_count + live.duplicate_count),
      `${format.count(live.rejected_count)} rejected, ${format.count(live.duplicate_count)} duplicate`,
    ],
  ];
  return <PlainTiles figures={figures.map(([label, figure, note]) => ({ label, figure, note }))} />;
}

interface RowsProps {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly empty: string;
}

/** A small table: the first column is text, those of the last kinds are figures. */
function Rows({ head, rows, empty }: RowsProps): ReactNode {
  if (rows.length === 0) return <p className="muted">{empty}</p>;
  const isFigure = (column: number): boolean => ["Views", "Lines"].includes(head[column] ?? "");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={`${head[0]}s, table`} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={name} scope="col" className={isFigure(column) ? "figure" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, column) => (
                <td key={head[column]} className={isFigure(column) ? "figure" : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

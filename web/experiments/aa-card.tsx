import { Button } from "@mantine/core";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { EmptyState, ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import type { AaAnswer } from "./experiment-types.ts";
import { useExperiment } from "./use-experiment.ts";

/** Largest rate on the scale of the bars. */
const scale = 0.12;

const place = (rate: number): string => `${Math.min(100, (100 * rate) / scale)}%`;

/** A/A tests on the shop's own customers: how often each test sees what is not there. */
export function AaCard() {
  const { format } = useWorkspace();
  const [isAsked, setAsked] = useState(false);
  const answer = useExperiment<AaAnswer>("/aa?runs=400", isAsked);
  const rows = answer.data?.rows ?? [];
  const off = rows.filter((row) => row.lower_rate > 0.05 || row.upper_rate < 0.05);
  const words =
    off.length === 0
      ? `Every test is compatible with the 5 % of false alarms it promises, over ${format.count(rows[0]?.run_count)} random splits of ${format.count(answer.data?.sampled_count)} customers.`
      : `Off the promised 5 % on this shop: ${off.map((row) => row.test).join("; ")}.`;
  return (
    <Card
      title="A/A tests on this shop"
      subtitle="Customers split at random again and again: false alarms of each test at 5 %"
      size="half"
    >
      {answer.isError ? <ErrorState error={answer.error} /> : null}
      {!isAsked ? (
        <EmptyState
          what="Not run yet."
          step="Splits the customers of the last 28 days 400 times; takes some seconds."
          action={
            <Button size="compact-sm" onClick={() => setAsked(true)}>
              Run A/A tests
            </Button>
          }
        />
      ) : answer.isPending ? (
        <output className="muted">Splitting …</output>
      ) : rows.length === 0 ? (
        <EmptyState
          what="Too few customers."
          step="At least 20 customers with a session or an order in the last 28 days are needed."
        />
      ) : (
        <>
          <p className="sentence">{words}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className="table-scroll" tabIndex={0} aria-label="False alarms by test, table">
            <table className="table experiment-table">
              <thead>
                <tr>
                  <th>Test</th>
                  <th className="figure">False alarms</th>
                  <th>95 % interval, the line is 5 %</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.test}>
                    <td>{row.test}</td>
                    <td className="figure">{format.rate(row.false_positive_rate)}</td>
                    <td>
                      <span className="aa-track" aria-hidden>
                        <span className="aa-level" style={{ left: place(0.05) }} />
                        <span
                          className="aa-range"
                          style={{ left: place(row.lower_rate), right: `calc(100% - ${place(row.upper_rate)})` }}
                        />
                        <span className="aa-rate" style={{ left: place(row.false_positive_rate) }} />
                      </span>
                      <span className="sr-only">
                        {format.rate(row.lower_rate)} to {format.rate(row.upper_rate)}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </Card>
  );
}

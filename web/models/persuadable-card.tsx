import { NumberInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { EmptyState, ErrorState } from "../components/states.tsx";
import type { Condition } from "../segments/rule.ts";
import { useRuleSize } from "../segments/use-segments.ts";
import { useWorkspace } from "../shell/workspace.tsx";

/** A page of the registry, which the router knows as text only. */
const segmentsPath: string = "/segments";

/** Whom treating pays: those whose uplift is at least the cost of treating over the margin of an order. */
export const persuadableRule = (cost: number, margin: number): Condition => ({
  kind: "score",
  model: "uplift",
  min_score: Math.round((cost / margin) * 10_000) / 10_000,
});

/** Turns cost and margin into the segment of those whom treating pays. A shared page shows none of it. */
export function PersuadableCard() {
  return useWorkspace().shared ? null : <Persuadable />;
}

function Persuadable() {
  const { format, shop } = useWorkspace();
  const [cost, setCost] = useState(0.5);
  const [margin, setMargin] = useState(10);
  const isPossible = cost >= 0 && margin > 0;
  const [rule] = useDebouncedValue(isPossible ? persuadableRule(cost, margin) : null, 400);
  const size = useRuleSize(rule);
  const anyone = useRuleSize({ kind: "score", model: "uplift" });
  const count = size.data?.customer_count ?? 0;
  const field = (label: string, value: number, onChange: (value: number) => void) => (
    <span className="control">
      <span>{label}</span>
      <NumberInput
        size="xs"
        w={130}
        min={0}
        decimalScale={shop.currency_decimals}
        aria-label={label}
        value={value}
        onChange={(given) => onChange(typeof given === "number" ? given : Number.NaN)}
      />
    </span>
  );
  return (
    <Card
      title="Treat only the persuadable"
      subtitle="Customers whose uplift pays for the treatment, by the last training of uplift"
      size="full"
    >
      <fieldset className="controls">
        <legend className="sr-only">What treating costs and an order brings</legend>
        {field(`Cost of treating one, ${shop.currency}`, cost, setCost)}
        {field(`Margin of one more order, ${shop.currency}`, margin, setMargin)}
      </fieldset>
      {size.error ? <ErrorState error={size.error} /> : null}
      {anyone.data?.customer_count === 0 ? (
        <EmptyState what="No uplift is known yet." step="Stop an experiment and train uplift from it." />
      ) : (
        <p role="status">
          {rule === null
            ? "A margin above 0 is needed."
            : `From an uplift of ${format.rate(Number(rule.min_score))} on treating pays: ${format.count(count)} ${count === 1 ? "customer" : "customers"}. `}
          {rule !== null && count > 0 ? (
            <Link to={segmentsPath} search={{ rule: JSON.stringify(rule) } as never} className="link-button">
              These customers as a segment
            </Link>
          ) : null}
        </p>
      )}
    </Card>
  );
}

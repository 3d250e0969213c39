import { NumberInput, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo, useState } from "react";
import type { Curve } from "../charts/curves.ts";
import { Card } from "../components/card.tsx";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { CurveChart } from "./curve-chart.tsx";
import type { BanditDay } from "./experiment-types.ts";
import { useExperiment } from "./use-experiment.ts";

/** A bandit beside a fixed split: what each loses against always showing the best variant. */
export function BanditCard() {
  const { format, tokens } = useWorkspace();
  const [rates, setRates] = useState("3.2, 3.6, 4.1");
  const [units, setUnits] = useState(1_000);
  const [floor, setFloor] = useState(5);
  const shares = rates
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map((part) => Number(part) / 100);
  const query = new URLSearchParams({
    rates: shares.join(","),
    units_per_day: String(units),
    floor: String(floor / 100),
  });
  const [asked] = useDebouncedValue(query.toString(), 400);
  const answer = useExperiment<{ rows: readonly BanditDay[] }>(`/bandit?${asked}`);
  const rows = answer.data?.rows;
  const curves = useMemo<readonly Curve[]>(
    () => [
      {
        name: "Fixed split",
        color: tokens.series[1] ?? tokens.muted,
        points: (rows ?? []).map((row) => [row.day, row.fixed_regret]),
      },
      { name: "Bandit", color: tokens.accent, points: (rows ?? []).map((row) => [row.day, row.bandit_regret]) },
    ],
    [rows, tokens],
  );
  const last = rows?.at(-1);
  const words = last
    ? `After ${format.count(last.day)} days the fixed split has lost ${format.count(Math.round(last.fixed_regret))} conversions, the bandit ${format.count(Math.round(last.bandit_regret))}; it sends ${format.rate(last.best_share_rate)} of customers to the best variant by then.`
    : "";
  return (
    <Card
      title="Bandit or fixed split"
      subtitle="Simulated: conversions lost against always showing the truly best variant"
      size="half"
    >
      <fieldset className="controls">
        <legend className="sr-only">Settings of the bandit</legend>
        <span className="control">
          <span>True conversions, %</span>
          <TextInput
            size="xs"
            w={130}
            aria-label="True conversions in per cent"
            value={rates}
            onChange={(event) => setRates(event.currentTarget.value)}
          />
        </span>
        <span className="control">
          <span>Customers a day</span>
          <NumberInput
            size="xs"
            w={90}
            aria-label="Customers a day of the bandit"
            min={1}
            max={100_000}
            thousandSeparator=","
            value={units}
            onChange={(value) => setUnits(Number(value) || 1)}
          />
        </span>
        <span className="control">
          <span>Least share, %</span>
          <NumberInput
            size="xs"
            w={70}
            aria-label="Least share in per cent"
            min={0}
            max={30}
            value={floor}
            onChange={(value) => setFloor(Number(value) || 0)}
          />
        </span>
      </fieldset>
      {answer.isError ? <ErrorState error={answer.error} /> : null}
      <p className="sentence">{words}</p>
      <CurveChart curves={curves} axes={{ x: format.count, y: format.countShort, xName: "Day" }} label={words} />
    </Card>
  );
}

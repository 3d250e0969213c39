import { Button, NumberInput, SegmentedControl, Slider } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useId, useMemo, useState } from "react";
import type { Curve } from "../charts/curves.ts";
import { Card } from "../components/card.tsx";
import { ErrorState } from "../components/states.tsx";
import { useAnswers } from "../components/use-analysis.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { numberOf, textOf } from "../values.ts";
import { CurveChart } from "./curve-chart.tsx";
import { decisionWords } from "./decision-words.ts";
import type { DesignAnswer } from "./experiment-types.ts";
import { Figures } from "./figures.tsx";
import { useExperiment } from "./use-experiment.ts";

interface Plan {
  readonly baseline: number;
  readonly lift: number;
  readonly units: number;
  readonly confidence: string;
  readonly sides: string;
  readonly dailyUnits: number | null;
}

const start: Plan = { baseline: 0.032, lift: 0.5, units: 2_400, confidence: "95", sides: "2", dailyUnits: null };
/** The slider runs over powers of ten: 100 to 100,000. */
const logUnits = { min: 2, max: 5, step: 0.01 };
const unitsAt = (place: number): number => {
  const raw = 10 ** place;
  const step = 10 ** Math.max(0, Math.floor(place) - 1);
  return Math.round(raw / step) * step;
};

function Setting({ label, value, children }: { label: string; value: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="experiment-setting">
      <div className="experiment-setting-head">
        <span id={id}>{label}</span>
        <output className="figure">{value}</output>
      </div>
      {children(id)}
    </div>
  );
}

/** Planning: sliders that redraw what the test would see, and the decision in words. */
export function DesignCard() {
  const { format, tokens } = useWorkspace();
  const [plan, setPlan] = useState(start);
  const [asked] = useDebouncedValue(plan, 120);
  const group = useAnswers(["experiment-baseline"]).rows["experiment-baseline"]?.[0];
  const query = new URLSearchParams({
    baseline: String(asked.baseline),
    effect: String(asked.lift),
    relative: "true",
    alpha: String((100 - Number(asked.confidence)) / 100),
    sides: asked.sides,
    sample_size: String(asked.units),
    ...(asked.dailyUnits === null ? {} : { daily_units: String(asked.dailyUnits) }),
  });
  const answer = useExperiment<DesignAnswer>(`/design?${query}`);
  const set = (change: Partial<Plan>): void => setPlan((now) => ({ ...now, ...change }));
  const shopRate = numberOf(group?.conversion_rate);
  const groupSize = numberOf(group?.customer_count) ?? 0;
  const canFill = shopRate !== null && shopRate > 0 && shopRate < 0.5;
  const isSegment = group !== undefined && group.segment !== "all";
  const fill = (): void => {
    if (shopRate === null) return;
    set({
      baseline: Math.max(0.002, Math.round(shopRate * 1_000) / 1_000),
      dailyUnits: Math.max(1, Math.round(numberOf(group?.daily_customer_count) ?? 1)),
      // A segment is all there is: its customers are shared between two variants.
      ...(isSegment ? { units: Math.max(100, Math.floor(groupSize / 2)) } : {}),
    });
  };
  const percent = (value: number): string => format.rate(value);
  return (
    <Card title="Plan an experiment" subtitle="How many customers, for how long, to see how small a change" size="full">
      <div className="experiment-settings">
        <Setting label="Customers per variant" value={format.count(plan.units)}>
          {(id) => (
            <Slider
              {...logUnits}
              aria-labelledby={id}
              thumbProps={{ "aria-labelledby": id }}
              label={null}
              value={Math.log10(plan.units)}
              onChange={(place) => set({ units: unitsAt(place) })}
            />
          )}
        </Setting>
        <Setting label="Conversion without the change" value={percent(plan.baseline)}>
          {(id) => (
            <Slider
              min={0.002}
              max={0.5}
              step={0.001}
              aria-labelledby={id}
              thumbProps={{ "aria-labelledby": id }}
              label={null}
              value={plan.baseline}
              onChange={(value) => set({ baseline: value })}
            />
          )}
        </Setting>
        <Setting label="Lift to find" value={`+${percent(plan.lift)}`}>
          {(id) => (
            <Slider
              min={0.01}
              max={0.9}
              step={0.01}
              aria-labelledby={id}
              thumbProps={{ "aria-labelledby": id }}
              label={null}
              value={plan.lift}
              onChange={(value) => set({ lift: value })}
            />
          )}
        </Setting>
      </div>
      <fieldset className="controls">
        <legend className="sr-only">Further settings of the plan</legend>
        <span className="control">
          <span>Confidence</span>
          <SegmentedControl
            size="xs"
            aria-label="Confidence"
            value={plan.confidence}
            onChange={(value) => set({ confidence: value })}
            data={["90", "95", "99"].map((value) => ({ value, label: `${value} %` }))}
          />
        </span>
        <span className="control">
          <span>Test</span>
          <SegmentedControl
            size="xs"
            aria-label="Sides of the test"
            value={plan.sides}
            onChange={(value) => set({ sides: value })}
            data={[
              { value: "2", label: "Two-sided" },
              { value: "1", label: "One-sided" },
            ]}
          />
        </span>
        <span className="control">
          <span>Customers a day</span>
          <NumberInput
            size="xs"
            w={100}
            aria-label="Customers a day"
            min={1}
            thousandSeparator=","
            placeholder="unknown"
            value={plan.dailyUnits ?? ""}
            onChange={(value) => set({ dailyUnits: value === "" ? null : Number(value) })}
          />
        </span>
        {canFill ? (
          <Button size="compact-xs" variant="default" onClick={fill}>
            Use{" "}
            {isSegment
              ? `the ${format.count(groupSize)} customers of “${textOf(group?.segment)}”`
              : "this shop's customers"}
            : {percent(shopRate)}
          </Button>
        ) : null}
      </fieldset>
      {answer.isError ? <ErrorState error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.data ? (
        <Outcome answer={answer.data} tokens={tokens} format={format} sides={asked.sides} />
      ) : (
        <div style={{ height: 420 }} />
      )}
    </Card>
  );
}

interface OutcomeProps extends Pick<ReturnType<typeof useWorkspace>, "format" | "tokens"> {
  readonly answer: DesignAnswer;
  readonly sides: string;
}

function Outcome({ answer, format, tokens, sides }: OutcomeProps) {
  const { curves } = answer;
  const points = (value: number): string => `${format.number(100 * value)} pp`;
  const highest = Math.max(...curves.distributions.flatMap((point) => [point.without, point.with]));
  const distributions = useMemo<readonly Curve[]>(() => {
    const mark = (at: number): Curve => ({
      name: "limit",
      color: tokens.muted,
      isDashed: true,
      isMark: true,
      points: [
        [at, 0],
        [at, highest * 1.05],
      ],
    });
    return [
      {
        name: "No effect",
        color: tokens.muted,
        isFilled: true,
        points: curves.distributions.map((point) => [point.effect, point.without]),
      },
      {
        name: "The effect looked for",
        color: tokens.accent,
        isFilled: true,
        points: curves.distributions.map((point) => [point.effect, point.with]),
      },
      mark(curves.critical_effect),
      ...(sides === "2" ? [mark(-curves.critical_effect)] : []),
    ];
  }, [curves, tokens, highest, sides]);
  const power = useMemo<readonly Curve[]>(
    () => [
      {
        name: "Power",
        color: tokens.accent,
        points: curves.power_curve.map((point) => [point.sample_size_per_variant, point.power]),
      },
      {
        name: "80 %",
        color: tokens.muted,
        isDashed: true,
        isMark: true,
        points: [
          [curves.power_curve[0]?.sample_size_per_variant ?? 100, 0.8],
          [curves.power_curve.at(-1)?.sample_size_per_variant ?? 50_000, 0.8],
        ],
      },
      {
        name: "chosen",
        color: tokens.caution,
        isDashed: true,
        isMark: true,
        points: [
          [answer.sample_size_per_variant, 0],
          [answer.sample_size_per_variant, 1],
        ],
      },
    ],
    [curves, tokens, answer.sample_size_per_variant],
  );
  const words = decisionWords(answer, format);
  return (
    <>
      <p className="lead-small">{words}</p>
      <Figures
        figures={[
          {
            label: "Power",
            value: format.rate(answer.achieved_power),
            note: "chance to see the effect if it is there",
          },
          {
            label: "Needed per variant",
            value: format.count(answer.required_sample_size_per_variant),
            note: "for 80 % power",
          },
          {
            label: "Smallest visible change",
            value: answer.minimum_detectable_effect === null ? "–" : `±${points(answer.minimum_detectable_effect)}`,
            note: "with 80 % power at this size",
          },
          { label: "Overlap", value: format.rate(curves.overlap_rate), note: "of the two pictures below" },
          {
            label: "Duration",
            value: answer.duration_days === null ? "–" : format.days(answer.duration_days),
            note: answer.duration_days === null ? "give customers a day" : "at this traffic",
          },
        ]}
      />
      <div className="experiment-pair">
        <section aria-label="Measured difference">
          <h3>What would be measured</h3>
          <p className="card-subtitle">Difference of conversion; beyond the dashed lines it is called significant</p>
          <CurveChart
            curves={distributions}
            axes={{
              x: points,
              y: format.number,
              xName: "Difference",
              hidesY: true,
              hidesEnds: true,
              yMax: highest * 1.05,
            }}
            label={words}
          />
        </section>
        <section aria-label="Power by size">
          <h3>Power by customers per variant</h3>
          <p className="card-subtitle">Logarithmic axis; the upright line is the size chosen</p>
          <CurveChart
            curves={power}
            axes={{ x: format.countShort, y: format.rate, xName: "Customers", hasLogX: true, yMax: 1 }}
            label={`Power rises to ${format.rate(curves.power_curve.at(-1)?.power ?? null)} at ${format.count(curves.power_curve.at(-1)?.sample_size_per_variant ?? null)} customers.`}
          />
        </section>
      </div>
      <p className="notes">
        {answer.decision_rule} {answer.formula}.
      </p>
    </>
  );
}

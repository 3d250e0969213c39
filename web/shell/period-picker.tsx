import { Button, Popover, Radio, Stack } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { useState } from "react";
import { rangeText } from "../format-dates.ts";
import {
  type CompareMode,
  type Coverage,
  comparedDays,
  comparisonCaveat,
  effectiveCompare,
  type PeriodPreset,
  periodDays,
  periodPresets,
} from "../view-state.ts";
import { useView } from "./workspace.tsx";

export const presetLabels: Readonly<Record<PeriodPreset, string>> = {
  all: "Everything",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  month: "This month",
  last_month: "Last month",
  year: "This year",
  "12m": "Last 12 months",
};

const compareLabels: Readonly<Record<Exclude<CompareMode, "auto">, string>> = {
  none: "Not compared",
  previous: "Period before",
  year: "Same days a year before",
  custom: "Days of your choice",
};

interface DaysProps {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly onChange: (from: string, to: string) => void;
}

function Days({ label, from, to, onChange }: DaysProps) {
  return (
    <fieldset className="days">
      <legend>{label}</legend>
      <label>
        From{" "}
        <input
          type="date"
          value={from}
          max={to}
          onChange={(event) => event.target.value && onChange(event.target.value, to)}
        />
      </label>
      <label>
        to{" "}
        <input
          type="date"
          value={to}
          min={from}
          onChange={(event) => event.target.value && onChange(from, event.target.value)}
        />
      </label>
    </fieldset>
  );
}

/** The period and what it is compared with. Named periods end with the last day of the data, not with today. */
export function PeriodPicker({ coverage }: { coverage: Coverage }) {
  const [view, setView] = useView();
  const [isOpen, setOpen] = useState(false);
  const { from, to } = periodDays(view.period, coverage);
  const compared = comparedDays(view, coverage);
  const caveat = comparisonCaveat(view, coverage);
  const range = rangeText(from, to);
  const name = view.period.kind === "preset" ? presetLabels[view.period.preset] : range;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus width={360} shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconCalendar size={16} stroke={1.5} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
          // What it shows, word for word: who speaks to the page says what is written there.
          aria-label={`Period: ${name}${view.period.kind === "preset" ? ` ${range}` : ""}${compared ? ` vs ${rangeText(compared.from, compared.to)}` : ""}`}
        >
          <span className="period-name">{name}</span>
          {view.period.kind === "preset" ? <span className="muted wide-only">&nbsp;{range}</span> : null}
          {compared ? (
            <span className="muted widest-only">&nbsp;vs {rangeText(compared.from, compared.to)}</span>
          ) : null}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={12}>
          <fieldset className="presets">
            <legend>Period</legend>
            {periodPresets.map((preset) => (
              <button
                key={preset}
                type="button"
                aria-pressed={view.period.kind === "preset" && view.period.preset === preset}
                onClick={() => setView((now) => ({ ...now, period: { kind: "preset", preset } }))}
              >
                {presetLabels[preset]}
              </button>
            ))}
          </fieldset>
          <Days
            label="Own days"
            from={from}
            to={to}
            onChange={(first, last) => setView((now) => ({ ...now, period: { kind: "days", from: first, to: last } }))}
          />
          <Radio.Group
            label="Compare with"
            value={effectiveCompare(view) === "none" && view.compare === "custom" ? "custom" : effectiveCompare(view)}
            onChange={(value) =>
              setView((now) => {
                const mode = value as CompareMode;
                const before = comparedDays({ ...now, compare: "previous" }, coverage);
                return {
                  ...now,
                  compare: mode,
                  ...(mode === "custom" && before ? { compareFrom: before.from, compareTo: before.to } : {}),
                };
              })
            }
          >
            <Stack gap={8} mt={8}>
              {Object.entries(compareLabels).map(([mode, label]) => (
                <Radio key={mode} value={mode} label={label} size="sm" />
              ))}
            </Stack>
          </Radio.Group>
          {view.compare === "custom" && view.compareFrom && view.compareTo ? (
            <Days
              label="Compared days"
              from={view.compareFrom}
              to={view.compareTo}
              onChange={(first, last) => setView((now) => ({ ...now, compareFrom: first, compareTo: last }))}
            />
          ) : null}
          <p className="muted small">
            {caveat.startsWith("not") ? "Not compared: the data covers too little of those days. " : ""}
            The data covers {rangeText(coverage.first, coverage.last)}; named periods end on its last day.
          </p>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

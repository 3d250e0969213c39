import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { useChange, useRefusal } from "../kept/use-kept.ts";
import { useCatalogue } from "../own/use-catalogue.ts";
import { useView, useWorkspace } from "../shell/workspace.tsx";
import { labelOf } from "../values.ts";
import { filterNames } from "../view-state.ts";
import { alertWords, unitFactor, watchable } from "./alert-words.ts";
import type { Alert, Condition } from "./use-alerts.ts";

const kinds = [
  { value: "above", label: "is above" },
  { value: "below", label: "is below" },
  { value: "rise", label: "rises by" },
  { value: "fall", label: "falls by" },
  { value: "either", label: "changes by" },
] as const;
type Kind = (typeof kinds)[number]["value"];

const isChange = (kind: Kind): kind is "rise" | "fall" | "either" => kind !== "above" && kind !== "below";

const canBeWatched = (entry: CatalogueEntry): boolean =>
  watchable(entry).length > 0 && !entry.params.some((param) => param.isRequired);

/** Writes a new alert: which number, over which days, and when it is worth telling. */
export function AlertForm() {
  const { shop, format } = useWorkspace();
  const [view] = useView();
  const change = useChange("alerts", "alert-log");
  const [analysis, setAnalysis] = useState("kpi-summary");
  const [column, setColumn] = useState("net_revenue_minor");
  const [rowColumn, setRowColumn] = useState<string | null>(null);
  const [rowValue, setRowValue] = useState("");
  const [days, setDays] = useState<number | string>(1);
  const [kind, setKind] = useState<Kind>("below");
  const [amount, setAmount] = useState<number | string>("");
  const [title, setTitle] = useState("");
  const [problem, attempt] = useRefusal();
  const catalogue = useCatalogue();
  const entry = catalogue.find(({ name }) => name === analysis);
  const columns = entry ? watchable(entry) : [];
  const isAnomaly = analysis === "anomalies";
  const chosen = columns.find(({ name }) => name === column);
  const rowColumns = (entry?.columns ?? []).filter(({ name, unit }) => unit === "text" && name !== "period");
  const factor = isChange(kind) ? 0.01 : unitFactor(chosen, shop.currency_decimals);
  const value = Number((Number(amount) * factor).toFixed(6));
  const condition: Condition = isAnomaly
    ? { kind: "anomaly" }
    : isChange(kind)
      ? { kind: "change", direction: kind, rate: value }
      : { kind, value };
  const params = Object.fromEntries(
    filterNames
      .filter((name) => entry?.filters.includes(name) && view.filters[name].length > 0)
      .map((name) => [name, name === "traffic" ? "people" : view.filters[name]]),
  );
  const alert: Alert = {
    title: title.trim(),
    analysis,
    column: isAnomaly ? "net_revenue_minor" : column,
    params,
    where: rowColumn && rowValue !== "" ? { [rowColumn]: rowValue } : {},
    last_days: isAnomaly ? 1 : Number(days),
    condition,
  };
  const isReady = alert.title !== "" && (isAnomaly || (amount !== "" && days !== ""));
  const save = () =>
    attempt(async () => {
      await change("POST", "/alerts", alert);
      setTitle("");
    });
  const unit = isChange(kind) || chosen?.unit === "rate" ? "%" : chosen?.unit === "money" ? shop.currency : "";
  return (
    <form
      className="kept-part"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Select
        size="sm"
        label="Watch"
        searchable
        allowDeselect={false}
        value={analysis}
        data={catalogue.filter(canBeWatched).map((one) => ({ value: one.name, label: one.title }))}
        onChange={(next) => {
          const chosenEntry = catalogue.find(({ name }) => name === next);
          const first = chosenEntry ? watchable(chosenEntry)[0] : undefined;
          if (!chosenEntry || !first) return;
          setAnalysis(chosenEntry.name);
          setColumn(first.name);
          setRowColumn(null);
        }}
      />
      {isAnomaly ? null : (
        <>
          <div className="kept-form">
            <Select
              size="sm"
              label="Number"
              allowDeselect={false}
              value={column}
              data={columns.map(({ name }) => ({ value: name, label: labelOf(name) }))}
              onChange={(next) => setColumn(next ?? column)}
            />
            {entry?.hasPeriod ? (
              <NumberInput
                size="sm"
                w={140}
                label="Of the last days"
                min={1}
                max={400}
                value={days}
                onChange={setDays}
              />
            ) : null}
          </div>
          {rowColumns.length > 0 ? (
            <div className="kept-form">
              <Select
                size="sm"
                label="In the row whose"
                placeholder="first row"
                clearable
                clearButtonProps={{ "aria-label": "Any row" }}
                value={rowColumn}
                data={rowColumns.map(({ name }) => ({ value: name, label: labelOf(name) }))}
                onChange={setRowColumn}
              />
              {rowColumn ? (
                <TextInput
                  size="sm"
                  label={`${labelOf(rowColumn)} is`}
                  value={rowValue}
                  onChange={(event) => setRowValue(event.currentTarget.value)}
                />
              ) : null}
            </div>
          ) : null}
          <div className="kept-form">
            <Select
              size="sm"
              label="When it"
              allowDeselect={false}
              value={kind}
              data={kinds.filter((one) => entry?.hasPeriod || !isChange(one.value))}
              onChange={(next) => setKind((next as Kind | null) ?? kind)}
            />
            <NumberInput
              size="sm"
              w={140}
              label={unit ? `Limit, ${unit}` : "Limit"}
              value={amount}
              onChange={setAmount}
            />
          </div>
        </>
      )}
      <TextInput
        size="sm"
        label="Call it"
        description={`${alertWords(alert, entry, format)}.`}
        maxLength={80}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problem}
      />
      <Button size="sm" type="submit" disabled={!isReady}>
        Save alert
      </Button>
    </form>
  );
}

import { MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useId } from "react";
import type { Shop } from "../api.ts";
import type { CatalogueEntry, CatalogueParam } from "../catalogue-types.ts";
import { stepLabel } from "../charts/funnel.ts";
import { addDays } from "../format-dates.ts";
import { cardDefault, grainFor } from "../query-params.ts";
import { useView, useWorkspace } from "../shell/workspace.tsx";
import { labelOf } from "../values.ts";
import { setControl } from "../view-state.ts";

type Given = string | readonly string[] | undefined;

interface ControlProps {
  readonly param: CatalogueParam;
  readonly given: Given;
  readonly onChange: (value: string | readonly string[] | null) => void;
}

const one = (given: Given): string | undefined => (typeof given === "string" ? given : given?.[0]);
const many = (given: Given, fallback: unknown): string[] => {
  if (typeof given === "string") return given === "" ? [] : given.split(",");
  if (given) return [...given];
  return Array.isArray(fallback) ? fallback.map(String) : [];
};

/** Options in words; names of tables stay as they are. */
function optionLabel(param: CatalogueParam, value: string): string {
  if (param.name === "steps") return stepLabel(value);
  return /^(fct|dim|agg|stg|prd|ops)_/.test(value) ? value : labelOf(value);
}

/** Days that a declared default names by what they depend on. */
function defaultDay(given: unknown, shop: Shop): string {
  const after = (day: string | null): string => (day ? addDays(day, 1) : "");
  if (given === "first_day") return shop.first_day ?? "";
  if (given === "day_after_last") return after(shop.last_day);
  if (given === "day_after_last_order") return after(shop.last_order_day);
  if (given === "90_days_before_last_order") return shop.last_order_day ? addDays(shop.last_order_day, -89) : "";
  return typeof given === "string" ? given : "";
}

/** The control one parameter calls for. A value equal to the default leaves the address. */
function Control({ param, given, onChange }: ControlProps) {
  const { schema } = param;
  const { shop } = useWorkspace();
  const common = { size: "xs", title: param.meaning } as const;
  const label = labelOf(param.name);
  const later = useDebouncedCallback(onChange, 400);
  const id = useId();
  const usual = cardDefault(param) ?? String(param.default ?? "");
  switch (param.kind) {
    case "choice":
      return (
        <label className="control" htmlFor={id}>
          <span>{label}</span>
          <Select
            {...common}
            id={id}
            w={150}
            allowDeselect={false}
            value={one(given) ?? String(param.default)}
            data={(schema.enum ?? []).map((value) => ({ value, label: optionLabel(param, value) }))}
            onChange={(value) =>
              onChange(value === null || (value === param.default && param.name !== "grain") ? null : value)
            }
          />
        </label>
      );
    case "choices":
      return (
        <label className="control" htmlFor={id}>
          <span>{label}</span>
          <MultiSelect
            {...common}
            id={id}
            miw={240}
            maw={480}
            value={many(given, param.default)}
            data={(schema.items?.enum ?? []).map((value) => ({ value, label: optionLabel(param, value) }))}
            onChange={(values) => onChange(values.length === 0 ? null : values)}
          />
        </label>
      );
    case "texts":
      return (
        <label className="control" htmlFor={id}>
          <span>{label}</span>
          <TagsInput
            {...common}
            id={id}
            miw={160}
            maw={360}
            placeholder={many(given, param.default).length === 0 ? "any" : ""}
            value={many(given, param.default)}
            onChange={(values) => onChange(values.length === 0 ? null : values)}
          />
        </label>
      );
    case "integer":
    case "number":
      return (
        <label className="control" htmlFor={id}>
          <span>{label}</span>
          <NumberInput
            {...common}
            key={one(given) ?? "default"}
            id={id}
            w={96}
            defaultValue={one(given) ?? usual}
            allowDecimal={param.kind === "number"}
            thousandSeparator=","
            {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
            {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
            onChange={(value) => later(value === "" || String(value) === usual ? null : String(value))}
          />
        </label>
      );
    case "flag":
      return (
        <Switch
          {...common}
          label={label}
          checked={(one(given) ?? String(param.default)) === "true"}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked === (param.default === true) ? null : String(event.currentTarget.checked),
            )
          }
        />
      );
    case "day":
      return (
        <label className="control" htmlFor={id}>
          <span>{label}</span>
          <input
            id={id}
            type="date"
            className="day-input"
            title={param.meaning}
            value={one(given) ?? defaultDay(param.default, shop)}
            onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
          />
        </label>
      );
    case "text":
      return (
        <label className="control" htmlFor={id}>
          <span>{label}</span>
          <TextInput
            {...common}
            key={one(given) ?? "default"}
            id={id}
            w={140}
            defaultValue={one(given) ?? String(param.default ?? "")}
            onChange={(event) => later(event.currentTarget.value || null)}
          />
        </label>
      );
  }
}

/** The controls of a card: one for each own parameter, without those the page fixes. */
export function Controls({ entry, fixed }: { entry: CatalogueEntry; fixed: readonly string[] }) {
  const [view, setView] = useView();
  const { coverage } = useWorkspace();
  const shown = entry.params.filter((param) => !fixed.includes(param.name));
  if (shown.length === 0) return null;
  return (
    <fieldset className="controls">
      <legend className="sr-only">Settings of {entry.title}</legend>
      {shown.map((param) => (
        <Control
          key={param.name}
          param={param}
          given={
            view.controls[entry.name]?.[param.name] ??
            (param.name === "grain" ? (grainFor(entry, view, coverage) ?? undefined) : undefined)
          }
          onChange={(value) => setView((now) => setControl(now, entry.name, param.name, value))}
        />
      ))}
    </fieldset>
  );
}

import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { getFilterValues } from "../api.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { valueText } from "../values.ts";
import { type Condition, type Field, type FieldValue, kinds } from "./rule.ts";

interface FieldProps {
  readonly field: Field;
  readonly value: FieldValue | undefined;
  readonly onChange: (value: FieldValue | null) => void;
}

const manyOf = (value: FieldValue | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
const orNone = <T extends FieldValue & { readonly length: number }>(list: T): T | null =>
  list.length === 0 ? null : list;

/** Texts with the values the shop knows offered below. */
function TextsInput({ field, value, onChange }: FieldProps) {
  const known = useQuery({
    queryKey: ["filters", field.values, ""],
    queryFn: ({ signal }) => getFilterValues(field.values ?? "", "", signal),
    enabled: field.values !== undefined,
  });
  const data = (known.data?.rows ?? []).map((row) => row.value);
  return (
    <TagsInput
      size="xs"
      w={220}
      aria-label={field.label}
      value={manyOf(value)}
      data={data}
      onChange={(list) => onChange(orNone(list))}
    />
  );
}

function MonthsInput({ field, value, onChange }: FieldProps) {
  return (
    <TagsInput
      size="xs"
      w={220}
      aria-label={field.label}
      placeholder="2025-02"
      value={manyOf(value).map((day) => day.slice(0, 7))}
      onChange={(list) =>
        onChange(orNone(list.filter((month) => /^\d{4}-(0[1-9]|1[0-2])$/.test(month)).map((month) => `${month}-01`)))
      }
    />
  );
}

/** The control one field of a condition calls for; emptied, the field is not part of the rule. */
function FieldInput({ field, value, onChange }: FieldProps) {
  const { shop } = useWorkspace();
  const scale = field.input === "money" ? 10 ** shop.currency_decimals : 1;
  switch (field.input) {
    case "count":
    case "money":
    case "number":
      return (
        <NumberInput
          size="xs"
          w={110}
          aria-label={field.label}
          hideControls
          {...(field.input === "count" ? { min: 0, allowDecimal: false } : {})}
          value={typeof value === "number" ? value / scale : ""}
          onChange={(given) => onChange(typeof given === "number" ? Math.round(given * scale * 1e6) / 1e6 : null)}
        />
      );
    case "day":
      return (
        <TextInput
          size="xs"
          w={140}
          type="date"
          aria-label={field.label}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case "month":
      return <MonthsInput field={field} value={value} onChange={onChange} />;
    case "texts":
      return <TextsInput field={field} value={value} onChange={onChange} />;
    case "choice":
      return (
        <Select
          size="xs"
          w={170}
          aria-label={field.label}
          allowDeselect={false}
          value={String(value ?? "")}
          data={(field.options ?? []).map((one) => ({ value: one, label: valueText(field.name, one) }))}
          onChange={(given) => onChange(given)}
        />
      );
    case "choices":
    case "scores":
      return (
        <MultiSelect
          size="xs"
          w={220}
          aria-label={field.label}
          value={manyOf(value)}
          data={[...(field.options ?? [])]}
          onChange={(list) => onChange(orNone(field.input === "scores" ? list.map(Number) : list))}
        />
      );
  }
}

interface Props {
  readonly condition: Condition;
  readonly onChange: (condition: Condition) => void;
}

/** The fields of a condition: those that are set, and a list of the others to add. */
export function ConditionFields({ condition, onChange }: Props) {
  const id = useId();
  const fields = kinds[condition.kind]?.fields ?? [];
  const few = fields.length <= 4;
  const isShown = (field: Field): boolean => few || field.name in condition;
  const set = (name: string, value: FieldValue | null, keeps = false): void => {
    const { [name]: _dropped, ...others } = condition;
    const empty = fields.find((field) => field.name === name)?.input === "texts" ? [] : "";
    const next = value === null ? (keeps ? { ...others, [name]: empty } : others) : { ...others, [name]: value };
    onChange(next as Condition);
  };
  const others = fields.filter((field) => !isShown(field));
  return (
    <div className="rule-fields">
      {fields.filter(isShown).map((field) => (
        <span key={field.name} className="control">
          <span>{field.label}</span>
          <FieldInput
            field={field}
            value={condition[field.name]}
            onChange={(value) => set(field.name, value, !few && field.input === "texts")}
          />
        </span>
      ))}
      {others.length > 0 ? (
        <label className="control" htmlFor={id}>
          <span className="sr-only">Add to this condition</span>
          <Select
            id={id}
            size="xs"
            w={150}
            placeholder="More …"
            value={null}
            data={others.map((field) => ({ value: field.name, label: field.label }))}
            onChange={(name) => name && set(name, null, true)}
          />
        </label>
      ) : null}
    </div>
  );
}

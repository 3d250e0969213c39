import { Button, Select } from "@mantine/core";
import { useState } from "react";
import type { ImportForms, ImportInHand, Mapping, SourceOf } from "./import-types.ts";
import { dateOrderChoices, delimiterChoices, encodingChoices, fieldWord, kindWord } from "./words.ts";

interface Props {
  readonly one: ImportInHand;
  readonly forms: ImportForms;
  readonly isBusy: boolean;
  readonly onApply: (form: { readonly mapping?: Mapping; readonly preset?: string }) => void;
}

const always = "always ";

/** A field's source as the list of choices names it; null where it takes nothing. */
function choiceOf(source: SourceOf | undefined): string | null {
  if (source === undefined) return null;
  if (typeof source === "string") return source;
  if (source.value !== undefined) return `${always}${source.value}`;
  return source.column ?? source.columns?.join(" + ") ?? null;
}

/** Columns the list of choices must have beside those of the file: what a preset joins or fixes. */
const isListed = (choice: string, columns: readonly string[]): boolean => columns.includes(choice);

/** Which column gives which field, and how the file is written, for what recognition got wrong or does not know. */
export function MappingEditor({ one, forms, isBusy, onApply }: Props) {
  const [draft, setDraft] = useState<Mapping>(one.mapping ?? { kind: "order_lines", columns: {} });
  const kind = forms.kinds.find(({ name }) => name === draft.kind);
  const isText = one.preview === null || one.preview.style.delimiter !== null;
  const fields = [...(kind?.fields ?? [])].sort((a, b) => Number(b.is_required) - Number(a.is_required));
  const missing = fields.filter(({ name, is_required }) => is_required && draft.columns[name] === undefined);
  const set = (field: string, choice: string | null): void => {
    const { [field]: _before, ...columns } = draft.columns;
    const source: SourceOf | null =
      choice === null ? null : choice.startsWith(always) ? { value: choice.slice(always.length) } : choice;
    setDraft({ ...draft, columns: source === null ? columns : { ...columns, [field]: source } });
  };
  const setStyle = (name: "delimiter" | "encoding" | "decimal" | "date_order", value: string | null): void => {
    const { [name]: _before, ...rest } = draft;
    setDraft(value === null ? rest : { ...rest, [name]: value });
  };
  return (
    <form
      className="import-part"
      aria-label="How the file is read"
      onSubmit={(event) => {
        event.preventDefault();
        onApply({ mapping: draft });
      }}
    >
      <div className="import-styles">
        <Select
          label="Preset"
          description="A form that is known"
          value={one.preset}
          placeholder={one.preview && one.preview.preset !== "map" ? `recognised: ${one.preview.preset}` : "none"}
          data={forms.presets.map(({ name, title }) => ({ value: name, label: title }))}
          onChange={(preset) => onApply(preset === null ? {} : { preset })}
          clearable
        />
        <Select
          label="Rows are"
          description={kind?.meaning ?? "What one row tells"}
          allowDeselect={false}
          value={draft.kind}
          data={forms.kinds.map(({ name }) => ({ value: name, label: kindWord(name) }))}
          onChange={(value) => value && setDraft({ ...draft, kind: value, columns: keptColumns(draft, forms, value) })}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="table-scroll import-fields" tabIndex={0} aria-label="Fields and their columns, table">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Column of the file</th>
              <th scope="col">First value</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ name, is_required, meaning, values }) => {
              const choice = choiceOf(draft.columns[name]);
              const further = choice !== null && !choice.startsWith(always) && !isListed(choice, one.columns);
              const fixed = values ?? (choice?.startsWith(always) ? [choice.slice(always.length)] : []);
              const at = choice === null ? -1 : one.columns.indexOf(choice);
              return (
                <tr key={name}>
                  <td>
                    {fieldWord(name)}
                    {is_required ? <span className="muted"> (needed)</span> : null}
                    <div className="muted small import-meaning">{meaning}</div>
                  </td>
                  <td>
                    <Select
                      size="xs"
                      aria-label={`Column for ${name}`}
                      placeholder="nothing"
                      searchable
                      clearable
                      clearButtonProps={{ "aria-label": `No column for ${name}` }}
                      value={choice}
                      data={[
                        ...[...one.columns, ...(further ? [choice] : [])].map((column) => ({
                          value: column,
                          label: column === "" ? "(without a name)" : column,
                        })),
                        ...fixed.map((value) => ({ value: `${always}${value}`, label: `always “${value}”` })),
                      ]}
                      onChange={(value) => set(name, value)}
                      error={is_required && choice === null}
                    />
                  </td>
                  <td className="muted">{at === -1 ? "" : (one.samples[0]?.[at] ?? "")}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <div className="import-styles">
        {isText ? (
          <>
            <Select
              label="Separator"
              placeholder="recognised"
              clearable
              value={draft.delimiter ?? null}
              data={delimiterChoices}
              onChange={(value) => setStyle("delimiter", value)}
            />
            <Select
              label="Encoding"
              placeholder="recognised"
              clearable
              value={draft.encoding ?? null}
              data={encodingChoices}
              onChange={(value) => setStyle("encoding", value)}
            />
          </>
        ) : null}
        <Select
          label="Decimals"
          placeholder="recognised"
          clearable
          value={draft.decimal ?? null}
          data={[
            { value: ".", label: "point" },
            { value: ",", label: "comma" },
          ]}
          onChange={(value) => setStyle("decimal", value)}
        />
        <Select
          label="Dates"
          placeholder="recognised"
          clearable
          value={draft.date_order ?? null}
          data={dateOrderChoices}
          onChange={(value) => setStyle("date_order", value)}
        />
      </div>
      <div className="import-actions">
        <Button type="submit" variant="default" loading={isBusy} disabled={missing.length > 0}>
          Look again
        </Button>
        {missing.length > 0 ? (
          <p className="muted small">Still needed: {missing.map(({ name }) => fieldWord(name)).join(", ")}</p>
        ) : null}
      </div>
    </form>
  );
}

/** What another kind of row can still take of the columns chosen. */
function keptColumns(draft: Mapping, forms: ImportForms, kind: string): Mapping["columns"] {
  const fields = new Set(forms.kinds.find(({ name }) => name === kind)?.fields.map(({ name }) => name));
  return Object.fromEntries(Object.entries(draft.columns).filter(([field]) => fields.has(field)));
}

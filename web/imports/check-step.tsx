import { Button, Switch } from "@mantine/core";
import { useState } from "react";
import { ProblemError, problemOf } from "../api.ts";
import { PlainTiles } from "../components/plain-tiles.tsx";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import type { ImportInHand, Preview } from "./import-types.ts";
import { MappingEditor } from "./mapping-editor.tsx";
import { RejectsTable } from "./rejects-table.tsx";
import { useImportChange, useImportForms } from "./use-import.ts";
import { fieldWord, understoodAs } from "./words.ts";

/** What loading would do, before it is done: how the file is read, its counts, its first rows, and what would be refused. */
export function CheckStep({ one }: { one: ImportInHand }) {
  const { format } = useWorkspace();
  const change = useImportChange();
  const forms = useImportForms();
  const { preview, problem } = one;
  const [isChanging, setChanging] = useState(preview === null);
  const again = (form: object): void =>
    void change.send(`${one.id}/form`, { ...form, ...(one.replace === null ? {} : { replace: one.replace }) });
  const editor =
    forms.data && (isChanging || preview === null) ? (
      <MappingEditor
        key={`${one.preset} ${JSON.stringify(one.mapping)}`}
        one={one}
        forms={forms.data}
        isBusy={change.isBusy}
        onApply={again}
      />
    ) : null;
  const isNothing = preview !== null && preview.duplicate_rows !== null && preview.new_rows <= 0;
  return (
    <div className="import-part">
      {problem?.code === "format_unknown" ? (
        <div>
          <p className="state-what">The file's columns were not recognised</p>
          <p className="muted">
            No known form has all of its columns {one.columns.join(", ")}. Say which of them gives what; what their
            names tell is filled in already.
          </p>
        </div>
      ) : problem ? (
        <ErrorState error={new ProblemError({ ...problemOf(0, null), ...problem, instance: one.id })} />
      ) : null}
      {preview ? (
        <>
          <Understood preview={preview} />
          <Button
            variant="subtle"
            size="compact-sm"
            className="import-change"
            aria-expanded={isChanging}
            onClick={() => setChanging((now) => !now)}
          >
            {isChanging ? "Keep it so" : "Change how it is read"}
          </Button>
        </>
      ) : null}
      {editor}
      {preview ? (
        <>
          <Counts preview={preview} />
          {preview.same_as === null ? null : (
            <p>The very same file is batch {preview.same_as}; loading it again changes nothing.</p>
          )}
          {preview.same_as === null && one.namesakes.length > 0 ? (
            <Namesakes one={one} onChange={(replace) => void change.send(`${one.id}/form`, formOf(one, replace))} />
          ) : null}
          <FirstRows preview={preview} />
          {preview.rejects.length > 0 ? (
            <>
              <h3>Refused rows</h3>
              <p className="muted">
                Put a value right and press Enter; the rows you leave are refused, and kept with their reason.
              </p>
              <RejectsTable
                columns={one.columns}
                rejects={preview.rejects}
                total={preview.rejected_rows + preview.corrected_rows}
                onCorrect={({ source_row }, correction) =>
                  void change.send(`${one.id}/corrections`, { source_row, ...correction })
                }
              />
            </>
          ) : null}
        </>
      ) : null}
      {change.error ? <ErrorState error={change.error} /> : null}
      <div className="import-actions import-foot">
        {preview ? (
          <Button
            loading={change.isBusy}
            disabled={isNothing && preview.corrected_rows === 0 && one.replace === null}
            onClick={() => void change.send(`${one.id}/load`)}
          >
            {isNothing
              ? "Nothing new to load"
              : `Load ${format.count(preview.new_rows)} ${preview.new_rows === 1 ? "row" : "rows"}`}
          </Button>
        ) : null}
        <Button variant="default" disabled={change.isBusy} onClick={() => void change.discard(one.id)}>
          Give up
        </Button>
      </div>
    </div>
  );
}

/** The form as it is, in the place of a batch or not. */
const formOf = (one: ImportInHand, replace: number | null): object => ({
  ...(one.preset === null
    ? one.preview?.preset === "map" && one.mapping
      ? { mapping: one.mapping }
      : {}
    : { preset: one.preset }),
  ...(replace === null ? {} : { replace }),
});

function Understood({ preview }: { preview: Preview }) {
  return (
    <div className="import-understood">
      <dl className="facts">
        {understoodAs(preview).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div>
        <h3>Why</h3>
        <ul>
          {preview.reasons.map(({ about, because }) => (
            <li key={about}>{because}</li>
          ))}
          {preview.unmapped.length > 0 ? (
            <li>
              No field takes {preview.unmapped.join(", ")}
              {preview.unmapped_kept_in === null ? "; they are not kept." : `; kept as ${preview.unmapped_kept_in}.`}
            </li>
          ) : null}
        </ul>
      </div>
    </div>
  );
}

function Counts({ preview }: { preview: Preview }) {
  const { format } = useWorkspace();
  const { read_rows, new_rows, duplicate_rows, rejected_rows, corrected_rows } = preview;
  const figures = [
    { label: "Rows read", figure: format.count(read_rows), note: "" },
    {
      label: "To load",
      figure: format.count(new_rows),
      note: corrected_rows > 0 ? `${format.count(corrected_rows)} corrected` : "",
    },
    {
      label: "Known already",
      figure: format.count(duplicate_rows),
      note: duplicate_rows === null ? "counted while loading" : "",
    },
    { label: "Refused", figure: format.count(rejected_rows), note: "" },
  ];
  return <PlainTiles figures={figures} isLive />;
}

function Namesakes({ one, onChange }: { one: ImportInHand; onChange: (replace: number | null) => void }) {
  const { format } = useWorkspace();
  return (
    <div className="import-part">
      {one.namesakes.map(({ batch_key, loaded_rows, finished_at }) => (
        <Switch
          key={batch_key}
          checked={one.replace === batch_key}
          onChange={(event) => onChange(event.currentTarget.checked ? batch_key : null)}
          label={`Take the place of batch ${batch_key}, a file of the same name (${format.count(loaded_rows)} rows, ${format.instant(finished_at)})`}
        />
      ))}
    </div>
  );
}

function FirstRows({ preview }: { preview: Preview }) {
  const fields = preview.mapping.map(({ field }) => field);
  if (preview.first_rows.length === 0) return null;
  return (
    <>
      <h3>First rows, as they would load</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label="First rows, table">
        <table className="table">
          <thead>
            <tr>
              {preview.mapping.map(({ field, column }) => (
                <th key={field} scope="col" title={`From ${column}`}>
                  {fieldWord(field)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.first_rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file may be equal, and their order never changes
              <tr key={index}>
                {fields.map((field) => (
                  <td key={field}>{row[field] || "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

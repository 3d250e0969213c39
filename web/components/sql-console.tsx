import { Button, Select, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { runSql, type SqlAnswer } from "../api.ts";
import type { CatalogueEntry, Row, Unit } from "../catalogue-types.ts";
import { QueryKeeper, useSavedQueries } from "../kept/saved-queries.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { Card } from "./card.tsx";
import { DataTable } from "./data-table.tsx";
import { sqlExamples } from "./sql-examples.ts";
import { ErrorState, WithCode } from "./states.tsx";

/** Figures are shown as the engine gives them: a console must not round. */
const unitOf = (type: string): Unit => (/Int|Float|Decimal/.test(type) ? "number" : "text");

/** An answer to free SQL in the form tables are shown in; columns of one name are told apart by their place. */
export function tableOf(answer: SqlAnswer): { entry: CatalogueEntry; rows: readonly Row[] } {
  const names = answer.columns.map(({ name }, index) =>
    answer.columns.findIndex((column) => column.name === name) === index ? name : `${name} ${index + 1}`,
  );
  const rows = answer.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
  const columns = answer.columns.map(({ type }, index) => ({
    name: names[index] ?? "",
    unit: unitOf(type),
    meaning: type,
    isNullable: true,
  }));
  const entry: CatalogueEntry = {
    name: "sql",
    page: "data",
    title: "Result",
    question: "",
    grain: "one row per result",
    hasPeriod: false,
    filters: [],
    datedBy: null,
    params: [],
    columns,
    chart: { kind: "table" },
  };
  return { entry, rows };
}

function Result({ answer }: { answer: SqlAnswer }) {
  const { format } = useWorkspace();
  const { entry, rows } = tableOf(answer);
  const { elapsed_ms, read_rows, is_truncated } = answer.meta;
  return (
    <>
      <p className="notes">
        {format.count(rows.length)} rows in {format.number(elapsed_ms)} ms
        {read_rows === undefined ? "." : `, ${format.count(read_rows)} rows read.`}
        {is_truncated ? " Cut off: add a limit, or export with `cartwright sql`." : ""}
      </p>
      {rows.length > 0 ? <DataTable key={rows.length} entry={entry} rows={rows} isRaw /> : null}
    </>
  );
}

const examples = { group: "Examples", items: sqlExamples.map(({ title }) => ({ value: title, label: title })) };

/** Free SQL on the warehouse, read only, and the queries people keep of it. */
export function SqlConsole() {
  const { session } = useWorkspace();
  const [sql, setSql] = useState(sqlExamples[0]?.sql ?? "");
  const [openedId, setOpenedId] = useState<string | null>(null);
  const saved = useSavedQueries();
  const opened = saved.find(({ id }) => id === openedId) ?? null;
  const example = opened ? undefined : sqlExamples.find((one) => one.sql === sql);
  const answer = useMutation({ mutationFn: (text: string) => runSql(text, session) });
  const run = (): void => answer.mutate(sql);
  const savedItems = saved.map(({ id, title }) => ({ value: id, label: title }));
  const open = (value: string | null): void => {
    const query = saved.find(({ id }) => id === value);
    setOpenedId(query?.id ?? null);
    setSql((now) => query?.sql ?? sqlExamples.find(({ title }) => title === value)?.sql ?? now);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  };
  return (
    <Card title="SQL console" subtitle="Any table of the warehouse, read only" size="full">
      <div>
        <Select
          size="xs"
          mb={8}
          maw={360}
          label={saved.length > 0 ? "Open a saved query, or start from an example" : "Start from an example"}
          placeholder="Your own question"
          allowDeselect={false}
          value={opened?.id ?? example?.title ?? null}
          data={saved.length > 0 ? [{ group: "Saved queries", items: savedItems }, examples] : [examples]}
          onChange={open}
        />
        {example ? (
          <p className="notes">
            <WithCode text={example.words} />
          </p>
        ) : null}
        <Textarea
          className="sql-input"
          aria-label="SQL"
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          value={sql}
          onChange={(event) => setSql(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <div className="sql-actions">
          <Button size="compact-sm" onClick={run} loading={answer.isPending} disabled={sql.trim() === ""}>
            Run
          </Button>
          <span className="muted small">Ctrl or Cmd Enter</span>
        </div>
        <QueryKeeper sql={sql} opened={opened} onSaved={setOpenedId} />
        {answer.isError ? <ErrorState error={answer.error} /> : null}
        {answer.data ? <Result answer={answer.data} /> : null}
      </div>
    </Card>
  );
}

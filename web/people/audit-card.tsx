import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { DeskTable } from "../desk/desk-table.tsx";
import { instantText } from "../format-dates.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { type AuditFilter, type AuditRow, useAudit } from "./use-people.ts";

const kinds = [
  { value: "", label: "Everything" },
  { value: "change", label: "Changes" },
  { value: "export", label: "Exports" },
  { value: "query", label: "SQL" },
  { value: "sign-in", label: "Sign-ins" },
];
const byWords: Readonly<Record<string, string>> = {
  user: "",
  link: "with a sign-in link",
  token: "token",
  command: "",
  schedule: "",
};

const outcomeWords = ({ outcome, code }: AuditRow): string => (code === null ? outcome : `${outcome}: ${code}`);

/** Who changed, exported and signed in, latest first, narrowed by person, operation, kind and day. */
export function AuditCard() {
  const { shop } = useWorkspace();
  const [filter, setFilter] = useState<AuditFilter>({ who: "", what: "", kind: "", since: "" });
  const [asked] = useDebouncedValue(filter, 250);
  const audit = useAudit(asked);
  const narrow = (change: Partial<AuditFilter>) => setFilter((now) => ({ ...now, ...change }));
  const rows = audit.data?.pages.flatMap((page) => page.rows);
  const numbered = rows?.map((row, place) => ({ ...row, place }));
  const isNarrow = Object.values(asked).some((value) => value !== "");
  return (
    <Card title="Audit log" subtitle="Changes, exports, SQL and sign-ins, latest first" size="full">
      <search className="desk-form" aria-label="Narrow the audit log">
        <TextInput
          size="sm"
          label="Who"
          placeholder="Name or id, whole"
          value={filter.who}
          onChange={(event) => narrow({ who: event.currentTarget.value })}
        />
        <TextInput
          size="sm"
          label="What"
          placeholder="Part of an operation, as import"
          value={filter.what}
          onChange={(event) => narrow({ what: event.currentTarget.value })}
        />
        <Select
          size="sm"
          label="Kind"
          data={kinds}
          allowDeselect={false}
          value={filter.kind}
          onChange={(kind) => narrow({ kind: kind ?? "" })}
        />
        <TextInput
          size="sm"
          type="date"
          label="Since"
          value={filter.since}
          onChange={(event) => narrow({ since: event.currentTarget.value })}
        />
      </search>
      <DeskTable
        name="Audit log"
        answer={{ ...audit, data: numbered && { rows: numbered } }}
        keyOf={({ place }) => place}
        empty={
          isNarrow
            ? { what: "Nothing in the log is like this.", step: "Take a filter away." }
            : { what: "Nothing has been written down yet.", step: "Every change and export from now on stands here." }
        }
        columns={[
          { label: "When", show: ({ at }) => instantText(at, shop.time_zone) },
          {
            label: "Who",
            show: ({ who, by }) => (
              <>
                {who}
                {byWords[by] ? <span className="muted">, {byWords[by]}</span> : null}
              </>
            ),
          },
          {
            label: "What",
            show: ({ what, kind }) => (
              <>
                <code>{what}</code>
                {kind === "export" ? <span className="muted"> exported</span> : null}
              </>
            ),
          },
          { label: "On", show: ({ on }) => on || "–" },
          {
            label: "Outcome",
            show: (row) => <span className={row.outcome === "done" ? "" : "people-refusal"}>{outcomeWords(row)}</span>,
          },
          {
            label: "Request",
            show: ({ request_id }) => <span title={request_id}>{request_id.slice(0, 8) || "–"}</span>,
          },
        ]}
      />
      {audit.hasNextPage ? (
        <Button
          size="compact-sm"
          variant="default"
          mt={12}
          loading={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          Show earlier entries
        </Button>
      ) : null}
    </Card>
  );
}

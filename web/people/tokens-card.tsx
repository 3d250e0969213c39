import { Button, MultiSelect, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { CopyableLink } from "../components/copyable-link.tsx";
import { DeskTable } from "../desk/desk-table.tsx";
import { instantText } from "../format-dates.ts";
import { useChange, useRefusal } from "../kept/use-kept.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { RoleSelect } from "./role-select.tsx";
import { useTokens } from "./use-people.ts";

const scopes = ["query", "import", "score", "store"];

function TokenForm({ onMade }: { onMade: (secret: string) => void }) {
  const change = useChange("tokens", "audit");
  const [name, setName] = useState("");
  const [role, setRole] = useState("viewer");
  const [chosen, setChosen] = useState<string[]>([]);
  const [days, setDays] = useState<number | string>(90);
  const [problem, attempt] = useRefusal();
  const make = () =>
    attempt(async () => {
      const body = { name, role, scopes: chosen, ...(days === "" ? {} : { expires_days: Number(days) }) };
      onMade((await change<{ readonly secret: string }>("POST", "/tokens", body)).secret);
      setName("");
    });
  return (
    <form
      className="desk-form"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <TextInput
        size="sm"
        label="What it is for"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem}
      />
      <RoleSelect role={role} onChange={setRole} />
      <MultiSelect
        size="sm"
        label="Scopes"
        placeholder={chosen.length === 0 ? "All its role may" : ""}
        data={scopes}
        value={chosen}
        onChange={setChosen}
      />
      <NumberInput
        size="sm"
        label="Days it works"
        placeholder="Until revoked"
        min={1}
        max={3650}
        value={days}
        onChange={setDays}
      />
      <Button size="sm" type="submit" disabled={name.trim() === ""}>
        Make token
      </Button>
    </form>
  );
}

/** Secrets of programs: made, narrowed, revoked. */
export function TokensCard() {
  const { shop } = useWorkspace();
  const tokens = useTokens();
  const change = useChange("tokens", "audit");
  const [secret, setSecret] = useState<string | null>(null);
  const at = (instant: string | null, none: string) => (instant === null ? none : instantText(instant, shop.time_zone));
  return (
    <Card title="Tokens" subtitle="How programs ask the API, and how little each may" size="full">
      <TokenForm onMade={setSecret} />
      {secret ? (
        <CopyableLink label="Token" description="Copy it now: it is not shown again." address={secret} />
      ) : null}
      <DeskTable
        name="Tokens"
        answer={tokens}
        keyOf={({ id }) => id}
        empty={{ what: "No tokens yet.", step: "Make one above for each program, so that each can be revoked alone." }}
        columns={[
          { label: "Token", show: ({ name }) => <strong>{name}</strong> },
          { label: "Role", show: ({ role }) => role },
          { label: "Scopes", show: (token) => token.scopes.join(", ") || "all its role may" },
          { label: "Last used", show: ({ last_used_at }) => at(last_used_at, "never") },
          { label: "Ends", show: ({ expires_at }) => at(expires_at, "when revoked") },
          {
            label: "Made",
            show: ({ created_at, created_by }) => `${at(created_at, "")}, by ${created_by ?? "command line"}`,
          },
          {
            label: "Actions",
            show: ({ id, name }) => (
              <button
                type="button"
                className="link-button"
                aria-label={`Revoke ${name}`}
                onClick={() => void change("DELETE", `/tokens/${id}`)}
              >
                Revoke
              </button>
            ),
          },
        ]}
      />
    </Card>
  );
}

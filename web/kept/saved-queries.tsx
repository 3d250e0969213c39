import "../styles/kept.css";
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getJson } from "../api.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { isAnalyst, useChange, useRefusal } from "./use-kept.ts";

export interface SavedQuery {
  readonly id: string;
  readonly title: string;
  readonly sql: string;
  readonly made_by: string;
}

/** The queries people saved; none for who may not run any. */
export function useSavedQueries(): readonly SavedQuery[] {
  const { session } = useWorkspace();
  const { data } = useQuery({
    queryKey: ["queries"],
    queryFn: ({ signal }) => getJson<{ rows: readonly SavedQuery[] }>("/queries", signal),
    enabled: isAnalyst(session),
  });
  return data?.rows ?? [];
}

interface Props {
  /** The statement as it stands in the console. */
  readonly sql: string;
  /** The saved query it was opened from. */
  readonly opened: SavedQuery | null;
  readonly onSaved: (id: string | null) => void;
}

/** Saves the statement of the console under a name, and changes or deletes the query that is open. */
export function QueryKeeper({ sql, opened, onSaved }: Props) {
  const { session } = useWorkspace();
  const change = useChange("queries");
  const [title, setTitle] = useState("");
  const [problem, attempt] = useRefusal();
  if (!isAnalyst(session)) return null;
  const isOwn = opened && (session.user.role === "admin" || session.user.name === opened.made_by);
  const isNamed = title.trim() !== "";
  const save = () =>
    attempt(async () => {
      const { id } = await change<SavedQuery>("POST", "/queries", { title, sql });
      setTitle("");
      onSaved(id);
    });
  const alter = (body: object) =>
    attempt(async () => {
      await change("POST", `/queries/${opened?.id}`, body);
      setTitle("");
    });
  const remove = () =>
    attempt(async () => {
      await change("DELETE", `/queries/${opened?.id}`);
      onSaved(null);
    });
  return (
    <form
      className="kept-form sql-keep"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        size="xs"
        maw={360}
        label={opened ? `“${opened.title}” is open, by ${opened.made_by}. Another name` : "Keep this query as"}
        value={title}
        maxLength={80}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problem}
      />
      <Button size="xs" type="submit" variant="default" disabled={!isNamed || sql.trim() === ""}>
        {opened ? "Save as new" : "Save query"}
      </Button>
      {isOwn ? (
        <>
          <Button size="xs" variant="default" disabled={!isNamed} onClick={() => void alter({ title })}>
            Rename
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={sql === opened.sql || sql.trim() === ""}
            onClick={() => void alter({ sql })}
          >
            Save changes
          </Button>
          <Button size="xs" variant="default" onClick={() => void remove()}>
            Delete query
          </Button>
        </>
      ) : null}
    </form>
  );
}

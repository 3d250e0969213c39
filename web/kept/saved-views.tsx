import { Button, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { pageOf } from "../pages/registry.ts";
import { parseSearch } from "../search-params.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { placeWords } from "./place-words.ts";
import { type SavedView, useChange, useHere, useRefusal, useSavedViews } from "./use-kept.ts";

/** Keeps the page as it stands under a name. */
function SaveForm() {
  const here = useHere();
  const change = useChange("views");
  const [title, setTitle] = useState("");
  const [problem, attempt] = useRefusal();
  const save = () =>
    attempt(async () => {
      await change("POST", "/views", { title, ...here });
      setTitle("");
    });
  return (
    <form
      className="kept-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        size="sm"
        label="Save this view as"
        description={placeWords(here)}
        value={title}
        maxLength={80}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problem}
      />
      <Button size="sm" type="submit" disabled={title.trim() === ""}>
        Save view
      </Button>
    </form>
  );
}

function ViewRow({ view, onOpen }: { view: SavedView; onOpen: () => void }) {
  const { session } = useWorkspace();
  const change = useChange("views", "session");
  const [title, setTitle] = useState<string | null>(null);
  const isOwn = session.user.role === "admin" || session.user.name === view.made_by;
  const isStart = session.start_page?.page === view.page && session.start_page.search === view.search;
  const rename = async (): Promise<void> => {
    await change("POST", `/views/${view.id}`, { title });
    setTitle(null);
  };
  if (title !== null)
    return (
      <li>
        <form
          className="kept-form"
          onSubmit={(event) => {
            event.preventDefault();
            void rename();
          }}
        >
          <TextInput
            size="sm"
            label={`New name of ${view.title}`}
            value={title}
            maxLength={80}
            data-autofocus
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Button size="sm" type="submit" disabled={title.trim() === ""}>
            Rename
          </Button>
          <Button size="sm" variant="default" onClick={() => setTitle(null)}>
            Cancel
          </Button>
        </form>
      </li>
    );
  return (
    <li>
      <Link
        to={pageOf(view.page)?.path ?? "/"}
        search={parseSearch(view.search) as never}
        onClick={onOpen}
        className="kept-title"
      >
        {view.title}
      </Link>
      <span className="muted small">
        {placeWords(view)}, by {view.made_by}
        {isStart ? ", your start page" : ""}
      </span>
      <span className="kept-actions">
        {isStart ? null : (
          <button
            type="button"
            className="link-button"
            aria-label={`Start at ${view.title}`}
            onClick={() => void change("POST", "/start-page", { view_id: view.id })}
          >
            Start here
          </button>
        )}
        {isOwn ? (
          <>
            <button
              type="button"
              className="link-button"
              aria-label={`Rename ${view.title}`}
              onClick={() => setTitle(view.title)}
            >
              Rename
            </button>
            <button
              type="button"
              className="link-button"
              aria-label={`Delete ${view.title}`}
              onClick={() => void change("DELETE", `/views/${view.id}`)}
            >
              Delete
            </button>
          </>
        ) : null}
      </span>
    </li>
  );
}

/** Where this person begins, and how to change it. */
function StartPage() {
  const { session } = useWorkspace();
  const here = useHere();
  const change = useChange("session");
  const start = session.start_page;
  return (
    <p className="small">
      You start at {start ? placeWords(start) : "the overview"}.{" "}
      <button type="button" className="link-button" onClick={() => void change("POST", "/start-page", here)}>
        Start at this page
      </button>{" "}
      {start ? (
        <button type="button" className="link-button" onClick={() => void change("DELETE", "/start-page")}>
          Start at the overview
        </button>
      ) : null}
    </p>
  );
}

/** Views people saved, and the start page. */
export function SavedViews({ onOpen }: { onOpen: () => void }) {
  const views = useSavedViews();
  const rows = views.data?.rows ?? [];
  return (
    <section className="kept-part" aria-labelledby="kept-views">
      <h3 id="kept-views">Saved views</h3>
      <SaveForm />
      {views.isSuccess && rows.length === 0 ? (
        <p className="muted small">
          No views yet. A saved view brings back a page with its period, filters and controls.
        </p>
      ) : null}
      <ul className="kept-list">
        {rows.map((view) => (
          <ViewRow key={view.id} view={view} onOpen={onOpen} />
        ))}
      </ul>
      <StartPage />
    </section>
  );
}

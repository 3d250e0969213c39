import "../styles/kept.css";
import "../styles/boards.css";
import { Button, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Board } from "../boards/board.ts";
import { useBoards } from "../boards/use-boards.ts";
import { Card } from "../components/card.tsx";
import { CardSkeleton, EmptyState, ErrorState } from "../components/states.tsx";
import { useChange, useRefusal } from "../kept/use-kept.ts";
import { useCatalogue } from "../own/use-catalogue.ts";
import { useCarriedSearch, useWorkspace } from "../shell/workspace.tsx";

function NewBoard() {
  const change = useChange("boards");
  const [title, setTitle] = useState("");
  const [problem, attempt] = useRefusal();
  const make = () =>
    attempt(async () => {
      await change("POST", "/boards", { title });
      setTitle("");
    });
  return (
    <form
      className="kept-form"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <TextInput
        size="sm"
        maw={360}
        label="Name of a new board"
        value={title}
        maxLength={80}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problem}
      />
      <Button size="sm" type="submit" disabled={title.trim() === ""}>
        Make board
      </Button>
    </form>
  );
}

/** The titles of a board's cards, as far as a line goes. */
function useCardWords(): (board: Board) => string {
  const catalogue = useCatalogue();
  return ({ cards }) => {
    const titles = cards.map(
      (card) => card.title ?? catalogue.find(({ name }) => name === card.analysis)?.title ?? card.analysis,
    );
    const shown = titles.slice(0, 4).join(", ");
    if (titles.length === 0) return "No cards yet";
    return titles.length > 4 ? `${shown} and ${titles.length - 4} more` : shown;
  };
}

function List({ rows }: { rows: readonly Board[] }) {
  const search = useCarriedSearch();
  const cardWords = useCardWords();
  if (rows.length === 0)
    return (
      <EmptyState
        what="No boards yet."
        step="A board holds cards of any page in an order of your own. Name one below, or choose “Add to board” in the menu of a card."
      />
    );
  return (
    <ul className="kept-list">
      {rows.map((board) => (
        <li key={board.id}>
          <Link to="/boards/$id" params={{ id: board.id }} search={search} className="kept-title">
            {board.title}
          </Link>
          <span className="muted small">
            {cardWords(board)}; by {board.made_by}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Every board, and making one. */
export function BoardsPage() {
  const { shop } = useWorkspace();
  const boards = useBoards();
  useEffect(() => {
    document.title = `Boards – ${shop.name} – Cartwright`;
  }, [shop.name]);
  const count = boards.data?.rows.length ?? 0;
  return (
    <div className="page">
      <h1 className="sr-only">Boards</h1>
      <p className="lead">
        {count === 0
          ? "Boards hold the cards you want to see together."
          : `${count === 1 ? "1 board holds" : `${count} boards hold`} the cards people want to see together.`}
      </p>
      <div className="grid">
        <Card title="Boards" subtitle="By name; the period and filters go along" size="full">
          {boards.isPending ? <CardSkeleton kind="table" /> : null}
          {boards.isError ? <ErrorState error={boards.error} onRetry={() => void boards.refetch()} /> : null}
          {boards.data ? <List rows={boards.data.rows} /> : null}
          <NewBoard />
        </Card>
      </div>
    </div>
  );
}

import "../styles/boards.css";
import { Button, Skeleton } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { type Board, lensOf } from "../boards/board.ts";
import { BoardCardView } from "../boards/board-card.tsx";
import { useBoards, useMayChange } from "../boards/use-boards.ts";
import { packed } from "../components/packed.ts";
import { PageExport, PrintedProvenance } from "../components/page-export.tsx";
import { EmptyState, ErrorState } from "../components/states.tsx";
import { useCatalogue } from "../own/use-catalogue.ts";
import { NotFound } from "../shell/not-found.tsx";
import { useView, useWorkspace } from "../shell/workspace.tsx";

const ArrangeDrawer = lazy(() =>
  import("../boards/arrange-drawer.tsx").then((module) => ({ default: module.ArrangeDrawer })),
);

function Cards({ board }: { board: Board }) {
  const catalogue = useCatalogue();
  const [view, setView] = useView();
  const alone = board.cards.find((card) => card.id === view.open);
  if (board.cards.length === 0)
    return (
      <EmptyState
        what="This board has no cards yet."
        step="Open the menu of any card of any page and choose “Add to board”."
      />
    );
  return (
    <>
      {alone ? (
        <button type="button" className="link-button back" onClick={() => setView((now) => ({ ...now, open: null }))}>
          ← All of {board.title}
        </button>
      ) : null}
      <div className="grid">
        {packed(alone ? [alone] : board.cards).map((card) => (
          <BoardCardView
            key={card.id}
            card={card}
            entry={catalogue.find(({ name }) => name === card.analysis)}
            size={alone ? "full" : card.size}
          />
        ))}
      </div>
    </>
  );
}

/** A board: its cards under the period and filters of the address. */
export function BoardPage() {
  const { shared } = useWorkspace();
  return shared?.board ? <Shown board={{ id: "", made_by: "", ...shared.board }} /> : <Kept />;
}

/** The board of the address. */
function Kept() {
  const { id } = useParams({ strict: false });
  const boards = useBoards();
  const board = boards.data?.rows.find((one) => one.id === id);
  if (boards.isPending)
    return (
      <output className="page" aria-label="Loading">
        <Skeleton height={28} width="40%" radius={6} />
        <Skeleton height={320} radius={10} />
      </output>
    );
  if (boards.isError && !board)
    return (
      <div className="page">
        <ErrorState error={boards.error} onRetry={() => void boards.refetch()} />
      </div>
    );
  return board ? <Shown board={board} /> : <NotFound />;
}

function Shown({ board }: { board: Board }) {
  const { shop } = useWorkspace();
  const mayChange = useMayChange();
  const catalogue = useCatalogue();
  const [isArranging, setArranging] = useState(false);
  const exported = board.cards.flatMap((card) => {
    const entry = catalogue.find(({ name }) => name === card.analysis);
    return entry ? [{ id: card.id, entry, lens: lensOf(card, entry) }] : [];
  });
  const { title, made_by } = board;
  useEffect(() => {
    document.title = `${title} – ${shop.name} – Cartwright`;
  }, [title, shop.name]);
  return (
    <div className="page">
      <header className="board-head">
        <h1 className="lead">{title}</h1>
        {made_by ? <span className="muted small">by {made_by}</span> : null}
        {made_by && mayChange(board) ? (
          <Button size="compact-sm" variant="default" onClick={() => setArranging(true)}>
            Arrange
          </Button>
        ) : null}
        {exported.length > 0 ? <PageExport label={title} cards={exported} /> : null}
      </header>
      <Cards board={board} />
      <PrintedProvenance label={title} />
      {isArranging ? (
        <Suspense fallback={null}>
          <ArrangeDrawer board={board} onClose={() => setArranging(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

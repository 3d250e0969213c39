import "../styles/kept.css";
import "../styles/boards.css";
import { Button, Select, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { CardSize } from "../components/card.tsx";
import { SideDrawer } from "../components/side-drawer.tsx";
import { filterTexts, periodText } from "../kept/place-words.ts";
import { useCatalogue } from "../own/use-catalogue.ts";
import { pageOf } from "../pages/registry.ts";
import { readView } from "../view-state.ts";
import { type Board, type BoardCard, keptBy, moved } from "./board.ts";
import { sizeChoices } from "./sizes.ts";
import { useBoardChanges } from "./use-boards.ts";

/** What a card keeps, in words; empty when it follows the page. */
function keptWords(card: BoardCard): string {
  const keeps = keptBy(card);
  const view = readView(new URLSearchParams(card.search));
  const parts = [...(keeps.period ? [periodText(view)] : []), ...(keeps.filters ? filterTexts(view) : [])];
  return parts.length > 0 ? `Always ${parts.join(", ")}` : "Follows the page";
}

interface RowProps {
  readonly card: BoardCard;
  readonly title: string;
  readonly place: number;
  readonly count: number;
  readonly onMove: (by: number) => void;
  readonly onChange: (change: Partial<BoardCard>) => void;
  readonly onRemove: () => void;
}

function Row({ card, title, place, count, onMove, onChange, onRemove }: RowProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  if (draft !== null)
    return (
      <form
        className="kept-form"
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ title: draft.trim() === "" ? null : draft.trim() });
          setDraft(null);
        }}
      >
        <TextInput
          size="sm"
          label={`New title of ${title}`}
          value={draft}
          maxLength={80}
          data-autofocus
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <Button size="sm" type="submit">
          Rename
        </Button>
        <Button size="sm" variant="default" onClick={() => setDraft(null)}>
          Cancel
        </Button>
      </form>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut of the buttons within, which do the same
    <div className="board-row" onKeyDown={onKeyDown}>
      <strong className="kept-title">{title}</strong>
      <span className="muted small">
        {card.analysis}. {keptWords(card)}.
      </span>
      <span className="kept-actions">
        <button
          type="button"
          className="link-button"
          data-move={`${card.id} -1`}
          aria-label={`Move ${title} up`}
          aria-disabled={place === 0}
          onClick={() => onMove(-1)}
        >
          Up
        </button>
        <button
          type="button"
          className="link-button"
          data-move={`${card.id} 1`}
          aria-label={`Move ${title} down`}
          aria-disabled={place === count - 1}
          onClick={() => onMove(1)}
        >
          Down
        </button>
        <button type="button" className="link-button" aria-label={`Rename ${title}`} onClick={() => setDraft(title)}>
          Rename
        </button>
        <button type="button" className="link-button" aria-label={`Remove ${title}`} onClick={onRemove}>
          Remove
        </button>
        <Select
          size="xs"
          w={120}
          aria-label={`Width of ${title}`}
          allowDeselect={false}
          value={card.size}
          data={sizeChoices}
          onChange={(value) => onChange({ size: (value ?? "full") as CardSize })}
        />
      </span>
    </div>
  );
}

/** A list reordered under a focused button loses the focus: it is given back to the button of the card that moved. */
function useKeptFocus(cards: readonly BoardCard[]) {
  const list = useRef<HTMLUListElement>(null);
  const wanted = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order of the cards is what moves the buttons
  useEffect(() => {
    if (wanted.current) list.current?.querySelector<HTMLElement>(`[data-move="${wanted.current}"]`)?.focus();
    wanted.current = null;
  }, [cards]);
  return { list, wanted };
}

/** The cards of a board in their order: moved, renamed, widened, removed; the board's own name, and its end. */
export function ArrangeDrawer({ board, onClose }: { board: Board; onClose: () => void }) {
  const { arrange, remove } = useBoardChanges(board.id);
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const [title, setTitle] = useState(board.title);
  const [told, setTold] = useState("");
  const { list, wanted } = useKeptFocus(board.cards);
  const titleOf = (card: BoardCard): string =>
    card.title ?? catalogue.find(({ name }) => name === card.analysis)?.title ?? card.analysis;
  const move = (card: BoardCard, place: number, by: number): void => {
    const to = place + by;
    if (to < 0 || to >= board.cards.length) return;
    wanted.current = `${card.id} ${by}`;
    arrange(({ cards }) => ({ cards: moved(cards, card.id, by) }));
    setTold(`${titleOf(card)} is now ${to + 1} of ${board.cards.length}`);
  };
  const end = async (): Promise<void> => {
    await remove();
    void navigate({ to: pageOf("boards")?.path ?? "/" });
  };
  return (
    <SideDrawer onClose={onClose} size="md" title={`Arrange ${board.title}`}>
      <section className="kept-part">
        <form
          className="kept-form"
          onSubmit={(event) => {
            event.preventDefault();
            arrange(() => ({ title: title.trim() }));
          }}
        >
          <TextInput
            size="sm"
            label="Name of the board"
            value={title}
            maxLength={80}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Button size="sm" type="submit" disabled={title.trim() === "" || title.trim() === board.title}>
            Rename board
          </Button>
        </form>
      </section>
      <section className="kept-part" aria-labelledby="board-cards">
        <h3 id="board-cards">Cards</h3>
        <p className="muted small">Alt with the arrow keys moves a card too.</p>
        <ul className="kept-list" ref={list}>
          {board.cards.map((card, place) => (
            <li key={card.id}>
              <Row
                card={card}
                title={titleOf(card)}
                place={place}
                count={board.cards.length}
                onMove={(by) => move(card, place, by)}
                onChange={(changed) =>
                  arrange(({ cards }) => ({
                    cards: cards.map((one) => (one.id === card.id ? { ...one, ...changed } : one)),
                  }))
                }
                onRemove={() => arrange(({ cards }) => ({ cards: cards.filter((one) => one.id !== card.id) }))}
              />
            </li>
          ))}
        </ul>
        <p className="sr-only" role="status">
          {told}
        </p>
      </section>
      <section className="kept-part board-end">
        <button type="button" className="link-button" onClick={() => void end()}>
          Delete the board
        </button>
      </section>
    </SideDrawer>
  );
}

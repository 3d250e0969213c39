import "../styles/kept.css";
import { Button, Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { CatalogueEntry, Chart } from "../catalogue-types.ts";
import type { CardSize } from "../components/card.tsx";
import { filterTexts, periodText } from "../kept/place-words.ts";
import { useRefusal } from "../kept/use-kept.ts";
import type { ExtraParams } from "../query-params.ts";
import { useView } from "../shell/workspace.tsx";
import { hasFilters, searchOfCard } from "./board.ts";
import { sizeChoices } from "./sizes.ts";
import { useAddCard, useBoards, useMayChange } from "./use-boards.ts";

interface Props {
  readonly entry: CatalogueEntry;
  readonly title: string;
  readonly size: CardSize;
  /** The chart shown, when it is not the declared one. */
  readonly chart: Chart | null;
  readonly fixed: ExtraParams;
  readonly onClose: () => void;
}

const newBoard = "new";

/** Puts a card on a board as it stands, with the period and filters of the page or those of whoever looks. */
export function AddDialog({ entry, title: shown, size: shownSize, chart, fixed, onClose }: Props) {
  const [view] = useView();
  const boards = useBoards();
  const mayChange = useMayChange();
  const add = useAddCard();
  const [chosen, setChosen] = useState<string | null>(null);
  const [boardTitle, setBoardTitle] = useState("");
  const [title, setTitle] = useState(shown);
  const [size, setSize] = useState<CardSize>(shownSize);
  const [keeping, setKeeping] = useState({ period: false, filters: false });
  const [added, setAdded] = useState<string | null>(null);
  const [problem, attempt] = useRefusal();
  const own = (boards.data?.rows ?? []).filter(mayChange);
  // Which board is offered first is known only when the boards are.
  const board = boards.isPending ? null : (chosen ?? own[0]?.id ?? newBoard);
  const isNew = board === newBoard;
  const save = () =>
    attempt(async () => {
      const card = {
        analysis: entry.name,
        title: title.trim() === entry.title || title.trim() === "" ? null : title,
        size,
        chart,
        search: searchOfCard(entry, view, fixed, keeping),
      };
      if (board === null) return;
      setAdded(await add(isNew ? { title: boardTitle } : board, card));
    });
  if (added !== null)
    return (
      <Modal opened onClose={onClose} title="Add to board" closeButtonProps={{ "aria-label": "Close" }}>
        <div className="kept-part" role="status">
          <p>The card is on the board.</p>
          <p>
            <Link to="/boards/$id" params={{ id: added }} onClick={onClose}>
              Open the board
            </Link>
          </p>
        </div>
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} title="Add to board" closeButtonProps={{ "aria-label": "Close" }}>
      <form
        className="kept-part"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Select
          size="sm"
          label="Board"
          allowDeselect={false}
          value={board}
          data={[...own.map(({ id, title: label }) => ({ value: id, label })), { value: newBoard, label: "New board" }]}
          onChange={setChosen}
          data-autofocus
        />
        {isNew ? (
          <TextInput
            size="sm"
            label="Name of the new board"
            value={boardTitle}
            maxLength={80}
            onChange={(event) => setBoardTitle(event.currentTarget.value)}
          />
        ) : null}
        <TextInput
          size="sm"
          label="Title of the card"
          value={title}
          maxLength={80}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={problem}
        />
        <Select
          size="sm"
          label="Width"
          allowDeselect={false}
          value={size}
          data={sizeChoices}
          onChange={(value) => setSize((value ?? "full") as CardSize)}
        />
        {entry.hasPeriod ? (
          <Checkbox
            size="sm"
            label="Keep this period"
            description={`Always ${periodText(view)}; else the card follows the period of the page`}
            checked={keeping.period}
            onChange={(event) => setKeeping({ ...keeping, period: event.currentTarget.checked })}
          />
        ) : null}
        {hasFilters(view) ? (
          <Checkbox
            size="sm"
            label="Keep these filters"
            description={`Always ${filterTexts(view).join(", ")}; else the card follows the filters of the page`}
            checked={keeping.filters}
            onChange={(event) => setKeeping({ ...keeping, filters: event.currentTarget.checked })}
          />
        ) : null}
        <Button type="submit" size="sm" disabled={board === null || (isNew && boardTitle.trim() === "")}>
          Add card
        </Button>
      </form>
    </Modal>
  );
}

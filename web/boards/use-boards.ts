/** The boards there are, and how they are changed. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { getJson } from "../api.ts";
import { useChange } from "../kept/use-kept.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import type { Board, BoardCard } from "./board.ts";

interface Boards {
  readonly rows: readonly Board[];
}

export function useBoards() {
  const { shared } = useWorkspace();
  return useQuery({
    queryKey: ["boards"],
    queryFn: ({ signal }) => getJson<Boards>("/boards", signal),
    enabled: shared === null,
  });
}

/** Whether the person may change a board: its maker may, and an admin. */
export function useMayChange(): (board: Board) => boolean {
  const { user } = useWorkspace().session;
  return (board) => user.role === "admin" || user.name === board.made_by;
}

interface BoardChanges {
  /** Shows at once what is changed. */
  readonly arrange: (change: (board: Board) => Partial<Pick<Board, "title" | "cards">>) => void;
  readonly remove: () => Promise<void>;
}

/** Changes of a board, each sent when those before it are there. */
export function useBoardChanges(id: string): BoardChanges {
  const client = useQueryClient();
  const send = useChange();
  const sent = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  /** The list is asked for anew after the last of the changes: before, it would show a board without those still to be sent. */
  const settle = async (): Promise<void> => {
    waiting.current -= 1;
    if (waiting.current === 0) await client.invalidateQueries({ queryKey: ["boards"] });
  };
  return {
    arrange: (change) => {
      const board = client.getQueryData<Boards>(["boards"])?.rows.find((one) => one.id === id);
      if (!board) return;
      const changed = { ...board, ...change(board) };
      void client.cancelQueries({ queryKey: ["boards"] });
      client.setQueryData<Boards>(["boards"], (now) => ({
        rows: (now?.rows ?? []).map((one) => (one.id === id ? changed : one)),
      }));
      const { title, cards } = changed;
      waiting.current += 1;
      // What was refused is not kept, as the list then shows.
      sent.current = sent.current.then(() => send("POST", `/boards/${id}`, { title, cards })).then(settle, settle);
    },
    remove: async () => {
      await sent.current;
      await send("DELETE", `/boards/${id}`);
      await client.invalidateQueries({ queryKey: ["boards"] });
    },
  };
}

/** Puts a card on a board, or on a new one of a title; answers with the board's id. */
export function useAddCard() {
  const send = useChange("boards");
  return async (board: string | { readonly title: string }, card: Omit<BoardCard, "id">): Promise<string> => {
    if (typeof board !== "string") return (await send<Board>("POST", "/boards", { ...board, cards: [card] })).id;
    await send("POST", `/boards/${board}/cards`, card);
    return board;
  };
}

import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { AnyChart } from "../analyses/chart.ts";
import { chartSchema } from "../analyses/chart-schema.ts";
import { type KeptKind, parseKept } from "./journal.ts";
import { placeFields } from "./place.ts";
import { titleField } from "./view.ts";

/** An analysis as it stands on a board. */
export interface BoardCard {
  /** Tells the cards of a board apart. */
  readonly id: string;
  readonly analysis: string;
  /** Null for the title of the analysis. */
  readonly title: string | null;
  readonly size: "full" | "two-thirds" | "half" | "third";
  /** Null for the chart it declares. */
  readonly chart: AnyChart | null;
  /**
   * Its controls, and the period and filters it keeps whatever those of the page are, in the language of the dashboard's
   * addresses; empty when it follows the page.
   */
  readonly search: string;
}

/** Cards in an order, under a name. */
export interface Board {
  readonly title: string;
  readonly cards: readonly BoardCard[];
}

const mostCards = 60;

const card = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .default(() => randomBytes(4).toString("hex")),
  analysis: z.string().regex(/^[a-z0-9-]{1,80}$/, "must be the name of an analysis"),
  title: titleField.nullable().default(null),
  size: z.enum(["full", "two-thirds", "half", "third"]).default("full"),
  chart: chartSchema.nullable().default(null),
  search: placeFields.search,
}) as unknown as z.ZodType<BoardCard>;

export const boards: KeptKind<Board> = {
  name: "board",
  word: "board",
  schema: z.strictObject({
    title: titleField,
    cards: z
      .array(card)
      .max(mostCards)
      .refine((cards) => new Set(cards.map(({ id }) => id)).size === cards.length, "two cards have one id")
      .default([]),
  }) as unknown as z.ZodType<Board>,
};

/** A card as a board takes it, with an id when it has none. @throws kept_invalid */
export const parseBoardCard = (given: unknown): BoardCard =>
  parseKept({ name: "board", word: "card", schema: card }, given);

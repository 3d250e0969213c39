import type { CardSize } from "../components/card.tsx";

/** Widths of a card, in words. */
export const sizeChoices: readonly { readonly value: CardSize; readonly label: string }[] = [
  { value: "full", label: "Full width" },
  { value: "two-thirds", label: "Two thirds" },
  { value: "half", label: "Half" },
  { value: "third", label: "One third" },
];

import type { CardSize } from "./card.tsx";

const spans: Readonly<Record<CardSize, number>> = { full: 12, "two-thirds": 8, half: 6, third: 4 };
const bySpan: Readonly<Record<number, CardSize>> = { 12: "full", 8: "two-thirds", 6: "half", 4: "third" };

/** Widens the last card of a row that the next card does not fit into, so that no row ends in a hole. */
export function packed<C extends { readonly size: CardSize }>(cards: readonly C[]): readonly C[] {
  const rows: C[][] = [];
  let room = 0;
  for (const card of cards) {
    const span = spans[card.size];
    if (span > room) {
      rows.push([]);
      room = 12;
    }
    rows.at(-1)?.push(card);
    room -= span;
  }
  return rows.flatMap((row) => {
    const free = 12 - row.reduce((sum, card) => sum + spans[card.size], 0);
    const last = row.at(-1);
    const size = last ? bySpan[spans[last.size] + free] : undefined;
    return last && size ? [...row.slice(0, -1), { ...last, size }] : row;
  });
}

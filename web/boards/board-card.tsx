import { useMemo } from "react";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { AnalysisCard } from "../components/analysis-card.tsx";
import { Card, type CardSize } from "../components/card.tsx";
import { EmptyState } from "../components/states.tsx";
import { filterTexts } from "../kept/place-words.ts";
import { ViewThrough } from "../shell/workspace.tsx";
import { readView } from "../view-state.ts";
import { type BoardCard, chartOf, keptBy, lensOf } from "./board.ts";

interface Props {
  readonly card: BoardCard;
  /** Undefined when the analysis is gone. */
  readonly entry: CatalogueEntry | undefined;
  readonly size: CardSize;
}

/** A card of a board: the analysis as it was put there. */
export function BoardCardView({ card, entry, size }: Props) {
  const lens = useMemo(() => (entry ? lensOf(card, entry) : null), [card, entry]);
  if (!entry || !lens)
    return (
      <Card title={card.title ?? card.analysis} subtitle={card.analysis} size={size}>
        <EmptyState
          what={`There is no analysis “${card.analysis}” any more.`}
          step="Bring its files back, or remove the card with “Arrange”."
        />
      </Card>
    );
  const filters = keptBy(card).filters ? filterTexts(readView(new URLSearchParams(card.search))) : [];
  return (
    <ViewThrough lens={lens}>
      <AnalysisCard
        entry={entry}
        id={card.id}
        size={size}
        title={card.title ?? entry.title}
        chart={chartOf(card, entry)}
        {...(filters.length > 0 ? { note: `only ${filters.join(", ")}` } : {})}
      />
    </ViewThrough>
  );
}

import { Skeleton } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import type { CatalogueEntry, Chart } from "../catalogue-types.ts";
import { unbroken } from "../format.ts";
import { FaultCard } from "../own/fault-card.tsx";
import { useCatalogue, useOwnAnalyses } from "../own/use-catalogue.ts";
import { pageOf } from "../pages/registry.ts";
import type { Answers, LeadContext } from "../pages/sentences.ts";
import { useView, useWorkspace } from "../shell/workspace.tsx";
import { comparedDays, periodDays } from "../view-state.ts";
import { AnalysisCard, type AnalysisCardProps } from "./analysis-card.tsx";
import type { CardSize } from "./card.tsx";
import { packed } from "./packed.ts";
import { PageExport, PrintedProvenance } from "./page-export.tsx";
import { useAnswers } from "./use-analysis.ts";

/** Which analysis stands where on a page, and how large. */
export interface Placement extends Omit<AnalysisCardProps, "entry"> {
  readonly name: string;
}

/** What a page opens with: the analyses it is computed from, and the sentence. */
export interface Lead {
  readonly from: readonly string[];
  readonly tell: (answers: Answers, context: LeadContext) => string;
}

const sizeOf: Readonly<Record<Chart["kind"], CardSize>> = {
  tiles: "full",
  line: "full",
  forecast: "full",
  curve: "half",
  bar: "half",
  funnel: "full",
  heatmap: "full",
  scatter: "full",
  leaderboard: "full",
  table: "full",
};

interface Placed extends AnalysisCardProps {
  readonly id: string;
}

/** The placed cards, then those of the page's analyses that nobody placed, a workspace's own among them. */
function cardsOf(
  catalogue: readonly CatalogueEntry[],
  page: string,
  placements: readonly Placement[],
): readonly Placed[] {
  const placed = placements.flatMap(({ name, ...rest }) => {
    const entry = catalogue.find((one) => one.name === name);
    return entry ? [{ ...rest, id: rest.id ?? name, entry }] : [];
  });
  const rest = catalogue.filter((entry) => entry.page === page && !placements.some(({ name }) => name === entry.name));
  const others = rest.map((entry: CatalogueEntry) => ({ entry, id: entry.name, size: sizeOf[entry.chart.kind] }));
  return packed([...placed, ...others]);
}

function LeadSentence({ lead }: { lead: Lead }) {
  const { format, shop, coverage } = useWorkspace();
  const [view] = useView();
  const { rows, isPending } = useAnswers(lead.from);
  if (isPending) return <Skeleton height={26} width="70%" radius={6} className="lead-waiting" />;
  const days = coverage ? periodDays(view.period, coverage) : null;
  const sentence = lead.tell(rows, {
    format,
    shop,
    days,
    isCompared: coverage !== null && comparedDays(view, coverage) !== null,
    isEventCount: view.controls.funnel?.basis === "events",
  });
  return (
    <p className="lead">{unbroken(sentence || "There is nothing to tell about this period and these filters.")}</p>
  );
}

interface Props {
  readonly page: string;
  readonly lead: Lead;
  readonly placements: readonly Placement[];
  /** What can be done on the page as a whole; it stands beside the sentence. */
  readonly action?: ReactNode;
  /** What stands below the cards. */
  readonly children?: ReactNode;
}

/** A page: its sentence, then its cards; or one card alone when the address opens one. */
export function PageView({ page, lead, placements, action, children }: Props) {
  const { shop, shared } = useWorkspace();
  const [view, setView] = useView();
  const isPinned = shared !== null && new URLSearchParams(shared.search).has("open");
  const cards = cardsOf(useCatalogue(), page, placements);
  const faults = useOwnAnalyses().faults.filter((fault) => fault.page === page);
  const alone = cards.find((card) => card.id === view.open || card.entry.name === view.open);
  const label = pageOf(page)?.label ?? page;
  useEffect(() => {
    document.title = `${label} – ${shop.name} – Cartwright`;
  }, [label, shop.name]);
  return (
    <div className="page">
      <h1 className="sr-only">{label}</h1>
      {alone && isPinned ? null : alone ? (
        <button type="button" className="link-button back" onClick={() => setView((now) => ({ ...now, open: null }))}>
          ← All of {label}
        </button>
      ) : (
        <div className="page-head">
          <LeadSentence lead={lead} />
          {shared || !action ? null : <div className="page-tools">{action}</div>}
          {cards.length > 0 ? <PageExport label={label} cards={cards} /> : null}
        </div>
      )}
      <div className="grid">
        {(alone ? [alone] : cards).map((card) => (
          <AnalysisCard key={card.id} {...card} size={alone ? "full" : card.size} />
        ))}
        {alone ? null : faults.map((fault) => <FaultCard key={fault.name} fault={fault} />)}
        {alone ? null : children}
      </div>
      <PrintedProvenance label={label} />
    </div>
  );
}

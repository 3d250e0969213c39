import "../styles/experiments.css";
import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { AaCard } from "../experiments/aa-card.tsx";
import { BanditCard } from "../experiments/bandit-card.tsx";
import { DesignCard } from "../experiments/design-card.tsx";
import { ReadoutCard } from "../experiments/readout-card.tsx";
import { experimentsSentence } from "./experiments-sentence.ts";

const lead: Lead = { from: ["experiments"], tell: experimentsSentence };

const placements: readonly Placement[] = [
  { name: "experiments", size: "full" },
  { name: "experiment-baseline", size: "full" },
];

/** Experiments: those there are, planning one, reading one out, the bandit and A/A tests. */
export const ExperimentsPage = () => (
  <PageView page="experiments" lead={lead} placements={placements}>
    <DesignCard />
    <ReadoutCard />
    <BanditCard />
    <AaCard />
  </PageView>
);

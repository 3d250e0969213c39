import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { PersuadableCard } from "../models/persuadable-card.tsx";
import { TrainingsCard } from "../models/trainings-card.tsx";
import { driftSentence, modelsSentence, runsSentence } from "./sentences.ts";
import { upliftSentence } from "./uplift-sentence.ts";

const lead: Lead = { from: ["customer-segments"], tell: modelsSentence };

/** As many people as one looks through; the export has all of them. */
const first = { limit: "1000" };

const placements: readonly Placement[] = [
  { name: "model-runs", size: "full", tell: runsSentence },
  { name: "model-drift", size: "full", tell: driftSentence },
  { name: "forecast", size: "full" },
  { name: "propensity-evaluation", size: "half" },
  { name: "customer-segments", size: "half" },
  { name: "recommendations", size: "half" },
  { name: "recommendation-evaluation", size: "half" },
  { name: "uplift-evaluation", size: "full", tell: upliftSentence },
  { name: "uplift", size: "full", params: first },
  { name: "propensity", size: "full", params: first },
  { name: "churn", size: "full", params: first },
  { name: "clv-predicted", size: "full", params: first },
  { name: "product-propensity", size: "full", params: first },
  { name: "review-sentiment", size: "full", params: first },
  { name: "review-aspects", size: "full", params: first },
  { name: "suspicious-reviews", size: "full", params: first },
];

/** Predictions and how good they are. */
export const ModelsPage = () => (
  <PageView page="models" lead={lead} placements={placements}>
    <PersuadableCard />
    <TrainingsCard />
  </PageView>
);

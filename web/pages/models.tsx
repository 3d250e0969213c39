import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { TrainingsCard } from "../models/trainings-card.tsx";
import { driftSentence, modelsSentence, runsSentence } from "./sentences.ts";

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
  { name: "propensity", size: "full", params: first },
  { name: "churn", size: "full", params: first },
  { name: "clv-predicted", size: "full", params: first },
  { name: "product-propensity", size: "full", params: first },
  { name: "review-sentiment", size: "full", params: first },
];

/** Predictions and how good they are. */
export const ModelsPage = () => (
  <PageView page="models" lead={lead} placements={placements}>
    <TrainingsCard />
  </PageView>
);

import { networkDrawing, networkSentence } from "../charts/network.ts";
import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { basketSentence } from "./sentences.ts";

const lead: Lead = { from: ["association-rules", "product-pairs"], tell: basketSentence };

const placements: readonly Placement[] = [
  { name: "association-rules", size: "full", chart: { kind: "table" } },
  { name: "association-rules", id: "rules-scatter", title: "Every rule", size: "half", hasControls: false },
  { name: "frequently-bought-together", size: "half" },
  {
    name: "product-pairs",
    id: "pairs-network",
    title: "What is bought together",
    size: "full",
    hasControls: false,
    drawRows: networkDrawing,
    tell: networkSentence,
  },
  { name: "product-pairs", size: "full" },
];

/** Products that share a basket. */
export const BasketPage = () => <PageView page="basket" lead={lead} placements={placements} />;

import { rfmCells, rfmGridDrawing } from "../charts/rfm-grid.ts";
import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { customersSentence } from "./sentences.ts";

const lead: Lead = { from: ["rfm-segments"], tell: customersSentence };

/** Enough customers for the shape of a shop; larger shops see those first in the chosen order. */
const many = { limit: "5000" };

const placements: readonly Placement[] = [
  { name: "rfm-segments", size: "full" },
  {
    name: "rfm-scores",
    id: "rfm-grid",
    title: "Recency by frequency",
    size: "half",
    params: many,
    hasControls: false,
    drawRows: rfmGridDrawing,
    tell: (rows, { format }) => {
      const [top] = rfmCells(rows).toSorted((a, b) => b.customers - a.customers);
      return top
        ? `Most of the ${format.count(rows.length)} customers scored stand at R ${top.r}, F ${top.f}: ${format.count(top.customers)}.`
        : "";
    },
  },
  {
    name: "rfm-scores",
    id: "rfm-scatter",
    title: "Every customer",
    size: "half",
    params: many,
    hasControls: false,
    chart: { kind: "scatter", x: "recency_days", y: "frequency", size: "monetary_minor", series: "rfm_segment" },
  },
  { name: "cohort-retention", size: "full" },
  { name: "rfm-scores", size: "full", chart: { kind: "table" } },
];

/** Who buys, how often, how recently, and whether they come back. */
export const CustomersPage = () => <PageView page="customers" lead={lead} placements={placements} />;

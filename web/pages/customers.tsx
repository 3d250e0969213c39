import { rfmCloudDrawing } from "../charts/cloud.ts";
import { rfmCells, rfmGridDrawing } from "../charts/rfm-grid.ts";
import { summary } from "../charts/summary.ts";
import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { AlsoKnownAs } from "../identity/also-known-as.tsx";
import { customersSentence } from "./sentences.ts";

const lead: Lead = { from: ["rfm-segments"], tell: customersSentence };

/** Enough customers for the shape of a shop; of larger shops those with the largest revenue. */
const many = { limit: "20000", sort: "monetary_minor" };

const placements: readonly Placement[] = [
  { name: "rfm-segments", size: "full" },
  {
    name: "rfm-grid",
    size: "half",
    hasControls: false,
    drawRows: rfmGridDrawing,
    tell: (rows, { format }) => {
      const cells = rfmCells(rows);
      const count = cells.reduce((sum, cell) => sum + cell.customers, 0);
      const [top] = cells.toSorted((a, b) => b.customers - a.customers);
      return top
        ? `The largest group of ${format.count(count)} customers stands at R ${top.r}, F ${top.f}: ${format.count(top.customers)}.`
        : "";
    },
  },
  {
    name: "rfm-scores",
    id: "rfm-cloud",
    title: "Every customer",
    size: "half",
    params: many,
    hasControls: false,
    drawRows: rfmCloudDrawing,
    tell: (rows, context) => summary(context.entry.chart, rows, context, null),
  },
  { name: "ltv-tiers", size: "half" },
  { name: "purchase-frequency", size: "half" },
  { name: "cohort-retention", size: "full" },
  { name: "cohort-revenue", size: "full" },
  { name: "survival", size: "half" },
  { name: "rfm-migration", size: "half" },
  { name: "rfm-scores", size: "full", chart: { kind: "table" } },
  { name: "clv-historical", size: "full" },
  { name: "inactive-customers", size: "full" },
  { name: "customer-360", size: "full" },
];

/** Who buys, how often, how recently, and whether they come back. */
export const CustomersPage = () => (
  <PageView page="customers" lead={lead} placements={placements}>
    <AlsoKnownAs />
  </PageView>
);

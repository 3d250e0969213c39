import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { offersSentence } from "./offers-sentence.ts";
import { salesSentence } from "./sentences.ts";

const lead: Lead = { from: ["revenue-by-category", "revenue-by-country", "revenue-by-channel"], tell: salesSentence };

const placements: readonly Placement[] = [
  { name: "revenue-over-time", size: "full" },
  { name: "revenue-by-category", size: "half" },
  { name: "revenue-by-country", size: "half" },
  { name: "revenue-by-channel", size: "half" },
  { name: "price-bands", size: "half" },
  { name: "seasonality", size: "full" },
  { name: "category-margin-monthly", size: "full", params: { depth: "1" } },
  { name: "weekday-hour", size: "full" },
  { name: "discounts", size: "half" },
  { name: "refunds", size: "half" },
  { name: "order-charges", size: "full" },
  { name: "acquisition", size: "full" },
  {
    name: "acquisition",
    id: "acquisition-table",
    title: "Acquisition by channel",
    size: "full",
    chart: { kind: "table" },
  },
  { name: "offer-attribution", size: "full", tell: offersSentence },
  { name: "top-products", size: "full" },
];

/** Where revenue comes from. */
export const SalesPage = () => <PageView page="sales" lead={lead} placements={placements} />;

/** What each viewpoint asks first: its figures and cards, all of them analyses that stand on their own pages too. */
import type { Lead, Placement } from "../components/page-view.tsx";
import { customersSentence, dataSentence, overviewSentence, productsSentence } from "../pages/sentences.ts";

export interface Step {
  /** A page of the registry. */
  readonly page: string;
  readonly why: string;
}

export interface Viewpoint {
  readonly name: string;
  readonly label: string;
  readonly lead: Lead;
  readonly placements: readonly Placement[];
  readonly next: readonly Step[];
}

/** The hero figures: some of the key figures of the overview. */
const figures = (...tiles: readonly string[]): Placement => ({
  name: "kpi-summary",
  size: "full",
  hasControls: false,
  chart: { kind: "tiles", tiles },
});

const overviewLead: Lead = {
  from: ["kpi-summary", "revenue-by-channel", "revenue-by-category", "revenue-by-country"],
  tell: overviewSentence,
};

export const viewpoints: readonly Viewpoint[] = [
  {
    name: "analyst",
    label: "Analyst",
    lead: overviewLead,
    placements: [
      figures(
        "net_revenue_minor",
        "order_count",
        "average_order_value_minor",
        "customer_count",
        "visitor_count",
        "session_conversion_rate",
      ),
      { name: "revenue-over-time", size: "half", hasControls: false },
      { name: "revenue-by-channel", size: "half", hasControls: false },
    ],
    next: [
      { page: "funnel", why: "where visitors leave, by channel and device" },
      { page: "customers", why: "cohorts, RFM and survival" },
      { page: "experiments", why: "what was tried, and what it did" },
      { page: "data", why: "the SQL console with twenty explained examples" },
    ],
  },
  {
    name: "marketer",
    label: "Marketer",
    lead: { from: ["rfm-segments"], tell: customersSentence },
    placements: [
      figures("customer_count", "order_count", "visitor_count", "session_conversion_rate"),
      { name: "rfm-segments", size: "half", hasControls: false },
      { name: "new-vs-returning", size: "half", hasControls: false },
    ],
    next: [
      { page: "segments", why: "name customers, and export the list" },
      { page: "models", why: "who will order, and who will not come back" },
      { page: "sales", why: "what each channel brings and costs" },
      { page: "experiments", why: "try it on a part of the customers first" },
    ],
  },
  {
    name: "category_manager",
    label: "Category manager",
    lead: { from: ["product-conversion", "cart-abandonment"], tell: productsSentence },
    placements: [
      figures("net_revenue_minor", "unit_count", "refunds_minor", "average_order_value_minor"),
      { name: "revenue-by-category", size: "half", hasControls: false },
      { name: "top-products", size: "half", hasControls: false, params: { limit: "8" } },
    ],
    next: [
      { page: "products", why: "which products turn views into orders, brands side by side" },
      { page: "basket", why: "what is bought together" },
      { page: "sales", why: "margin, seasons, prices and discounts" },
      { page: "store", why: "stock and markdowns" },
    ],
  },
  {
    name: "engineer",
    label: "Engineer",
    lead: { from: ["pipeline-runs"], tell: dataSentence },
    placements: [
      figures("event_count", "session_count", "order_count", "unit_count"),
      { name: "freshness", size: "full", hasControls: false },
      { name: "pipeline-runs", size: "full", hasControls: false },
    ],
    next: [
      { page: "data", why: "import files, refused rows, storage, the SQL console" },
      { page: "live", why: "what arrives over HTTP at this moment" },
      { page: "models", why: "trainings, and drift since them" },
      { page: "store", why: "the store beside the warehouse, to the cent" },
    ],
  },
  {
    name: "shopkeeper",
    label: "Shopkeeper",
    lead: overviewLead,
    placements: [
      figures("net_revenue_minor", "order_count", "average_order_value_minor", "refunds_minor"),
      { name: "top-products", size: "half", hasControls: false, params: { limit: "8" } },
      { name: "abandoned-carts", size: "half", hasControls: false },
    ],
    next: [
      { page: "store", why: "orders to ship, returns, stock and prices" },
      { page: "products", why: "what sells, and what is left in carts" },
      { page: "customers", why: "who buys, and who has gone quiet" },
      { page: "live", why: "who is in the shop now" },
    ],
  },
];

/** The viewpoint of a name; the first one where none was chosen. */
export const viewpointOf = (name: string | null): Viewpoint =>
  viewpoints.find((one) => one.name === name) ?? (viewpoints[0] as Viewpoint);

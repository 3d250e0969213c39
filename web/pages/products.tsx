import { type Lead, PageView, type Placement } from "../components/page-view.tsx";
import { productsSentence } from "./sentences.ts";

const lead: Lead = { from: ["product-conversion", "cart-abandonment"], tell: productsSentence };

const placements: readonly Placement[] = [
  { name: "product-conversion", size: "full" },
  { name: "brand-trends", size: "full" },
  { name: "brand-comparison", size: "full" },
  { name: "revenue-by-attribute", size: "full" },
  { name: "cart-abandonment", size: "full" },
  { name: "abandoned-carts", size: "full" },
  { name: "product-360", size: "full" },
  { name: "price-history", size: "full" },
  { name: "inventory-alerts", size: "full" },
  { name: "stock-history", size: "full" },
  { name: "availability-forecast", size: "half" },
  { name: "product-demand", size: "half" },
];

/** Which products are viewed, added, left behind and bought. */
export const ProductsPage = () => <PageView page="products" lead={lead} placements={placements} />;

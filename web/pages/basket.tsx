import { type Lead, PageView } from "../components/page-view.tsx";

const lead: Lead = { from: [], tell: () => "What is bought together in one order." };

/** Products that share a basket. */
export const BasketPage = () => <PageView page="basket" lead={lead} placements={[]} />;

import { type Lead, PageView } from "../components/page-view.tsx";

const lead: Lead = { from: [], tell: () => "What the models expect, beside the baseline they must beat." };

/** Predictions and how good they are. */
export const ModelsPage = () => <PageView page="models" lead={lead} placements={[]} />;

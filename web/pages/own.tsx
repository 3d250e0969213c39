import { Card } from "../components/card.tsx";
import { PageView } from "../components/page-view.tsx";
import { EmptyState } from "../components/states.tsx";
import { useOwnAnalyses } from "../own/use-catalogue.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { pageOf } from "./registry.ts";

const counted = (count: number): string => (count === 1 ? "1 analysis" : `${count} analyses`);

/** How many there are, and on which other pages they stand. */
function sentenceOf(pages: readonly string[], faultCount: number): string {
  const others = [...new Set(pages.filter((page) => page !== "own"))].map((page) => pageOf(page)?.label ?? page);
  const elsewhere = others.length > 0 ? `, some of them on ${others.join(", ")}` : "";
  const wrong =
    faultCount > 0 ? ` ${faultCount} more cannot be read and ${faultCount === 1 ? "says" : "say"} why.` : "";
  return `This workspace brings along ${counted(pages.length)} of its own${elsewhere}.${wrong}`;
}

/** Analyses that a workspace brings along as files. */
export function OwnPage() {
  const { rows, faults } = useOwnAnalyses();
  const { shared } = useWorkspace();
  const sentence = sentenceOf(
    rows.map(({ page }) => page),
    faults.length,
  );
  return (
    <PageView page="own" lead={{ from: [], tell: () => sentence }} placements={[]}>
      {rows.length + faults.length === 0 && !shared ? (
        <Card title="Begin one" subtitle="Two files in the workspace's folder analyses" size="full">
          <EmptyState
            what="No analyses of your own yet."
            step="Run `cartwright analyses new NAME` and change the two files it writes, a question in SQL and its declaration: the card appears here within seconds."
          />
        </Card>
      ) : null}
    </PageView>
  );
}

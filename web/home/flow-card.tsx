import { Skeleton } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Card } from "../components/card.tsx";
import { useAnswers } from "../components/use-analysis.ts";
import { catalogue } from "../generated/catalogue.ts";
import { pageOf } from "../pages/registry.ts";
import { useSegments } from "../segments/use-segments.ts";
import { useCarriedSearch, useWorkspace } from "../shell/workspace.tsx";
import { flowSentence, flowStages } from "./flow.ts";

/** From sources to answers, with the row counts of this shop; each stage leads to the page that shows it. */
export function FlowCard() {
  const { shop, format } = useWorkspace();
  const search = useCarriedSearch();
  const { rows, isPending } = useAnswers(["pipeline-runs", "freshness", "model-runs"]);
  const segments = useSegments();
  const imports = rows["pipeline-runs"] ?? [];
  const stages = flowStages({
    rowCounts: shop.row_counts,
    imports,
    tables: rows.freshness ?? [],
    models: rows["model-runs"] ?? [],
    analysisCount: catalogue.length,
    segmentCount: segments.data?.rows.length ?? 0,
  });
  return (
    <Card title="How data flows here" subtitle="Rows of this shop, from its sources to its answers" size="full">
      {isPending ? (
        <Skeleton height={180} radius={6} />
      ) : (
        <>
          <p className="sr-only">{flowSentence(stages, format.count)}</p>
          <ol className="flow" aria-label="Stages">
            {stages.map(({ title, what, page, items }, index) => (
              <li key={title} className="flow-stage">
                {index > 0 ? <IconArrowRight size={20} stroke={1.5} aria-hidden className="flow-arrow" /> : null}
                <Link to={pageOf(page)?.path ?? "/"} search={search} className="flow-title">
                  {title}
                </Link>
                <p className="muted small">{what}</p>
                {items.length === 0 ? <p className="muted">Nothing yet</p> : null}
                <dl>
                  {items.map(({ label, count }) => (
                    <div key={label} className="flow-count">
                      <dt>{label}</dt>
                      <dd className="figure" title={format.count(count)}>
                        {format.countShort(count)}
                      </dd>
                    </div>
                  ))}
                </dl>
              </li>
            ))}
          </ol>
          {imports.length >= shownImports ? (
            <p className="notes">Sources: of the last {format.count(shownImports)} imports.</p>
          ) : null}
        </>
      )}
    </Card>
  );
}

/** As many imports as the analysis answers unless it is asked for more. */
const shownImports = 100;

import { Link } from "@tanstack/react-router";
import { Card } from "../components/card.tsx";
import { EmptyState, ErrorState } from "../components/states.tsx";
import { useView, useWorkspace } from "../shell/workspace.tsx";
import { toggleFilter } from "../view-state.ts";
import { ruleWords, type Segment } from "./rule.ts";
import { useRuleSize, useSegmentChanges, useSegments } from "./use-segments.ts";

function SegmentRow({ segment, onShow, onEdit }: Row) {
  const { format } = useWorkspace();
  const [view, setView] = useView();
  const size = useRuleSize(segment.rule);
  const { remove } = useSegmentChanges();
  const isFilter = view.filters.segment.includes(segment.name);
  const { customer_count: count = null, customer_share_rate: share = null } = size.data ?? {};
  return (
    <tr>
      <td>
        <strong>{segment.title}</strong>
        <div className="muted small">{ruleWords(segment.rule, format)}</div>
      </td>
      <td className="figure">{count === null ? "–" : format.count(count)}</td>
      <td className="figure">{share === null ? "–" : format.rate(share)}</td>
      <td>
        <div className="segment-actions">
          <button
            type="button"
            className="link-button"
            aria-pressed={isFilter}
            onClick={() => setView((now) => toggleFilter(now, "segment", segment.name))}
          >
            {isFilter ? "Remove filter" : "Filter by it"}
          </button>
          <button type="button" className="link-button" onClick={() => onShow(segment)}>
            Over time
          </button>
          <button type="button" className="link-button" onClick={() => onEdit(segment)}>
            Change
          </button>
          <a className="link-button" href={`/api/v1/segments/${segment.name}/customers?format=csv`} download>
            CSV
          </a>
          <button type="button" className="link-button" onClick={() => void remove(segment.name)}>
            Delete
          </button>
        </div>
      </td>
    </tr>
  );
}

/** A page of the registry, which the router knows as text only. */
const customersPath: string = "/customers";

interface Shows {
  readonly onShow: (segment: Segment) => void;
  readonly onEdit: (segment: Segment) => void;
}
interface Row extends Shows {
  readonly segment: Segment;
}

/** Every saved segment, with its size and what can be done with it. */
export function ListCard({ onShow, onEdit }: Shows) {
  const segments = useSegments();
  const rows = segments.data?.rows ?? [];
  return (
    <Card title="Segments" subtitle="Saved, with the customers they have now" size="full">
      {segments.isError ? <ErrorState error={segments.error} onRetry={() => void segments.refetch()} /> : null}
      {segments.isPending ? <output className="muted">Loading …</output> : null}
      {segments.isSuccess && rows.length === 0 ? (
        <EmptyState
          what="No segments yet."
          step="Write the first one below, or click a bar or a cell of a chart and choose these customers."
          action={<Link to={customersPath}>To the charts of customers</Link>}
        />
      ) : null}
      {rows.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className="table-scroll" tabIndex={0} aria-label="Segments, table">
          <table className="table segment-table">
            <thead>
              <tr>
                <th>Segment</th>
                <th className="figure">Customers</th>
                <th className="figure">Of all</th>
                <th>
                  <span className="sr-only">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((segment) => (
                <SegmentRow key={segment.name} segment={segment} onShow={onShow} onEdit={onEdit} />
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </Card>
  );
}

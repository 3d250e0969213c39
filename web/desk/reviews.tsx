import { Card } from "../components/card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { PendingReview, Rows } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

/** Reviews nobody has read yet, the oldest first. */
export function ReviewsTab() {
  const { format } = useWorkspace();
  const mayChange = useMayChange();
  const change = useDeskChange();
  const reviews = useDesk<Rows<PendingReview>>("/desk/reviews?limit=50");
  const decide = (row: PendingReview, isApproved: boolean) => () =>
    void change.send(
      "POST",
      `/desk/reviews/${row.review_id}/decision`,
      { is_approved: isApproved },
      () => `The review of ${row.article_name} is ${isApproved ? "shown" : "not shown"}.`,
    );
  return (
    <Card title="Reviews to read" subtitle="Shown in the storefront once approved" size="full">
      <Outcome of={change} />
      <DeskTable
        name="Reviews to read"
        answer={reviews}
        keyOf={(row) => row.review_id}
        columns={[
          { label: "Article", show: (row) => row.article_name },
          { label: "Stars", isFigure: true, show: (row) => `${row.rating} (words suggest ${row.suggested_rating})` },
          {
            label: "Review",
            show: (row) => (
              <div className="desk-words">{row.title === "" ? row.body : `${row.title}: ${row.body}`}</div>
            ),
          },
          { label: "Bought it", show: (row) => (row.is_verified ? "yes" : "no") },
          { label: "Written", show: (row) => format.instant(row.created_at) },
          {
            label: "Decision",
            show: (row) =>
              mayChange ? (
                <>
                  <button type="button" className="link-button" disabled={change.isBusy} onClick={decide(row, true)}>
                    Approve
                  </button>
                  <button type="button" className="link-button" disabled={change.isBusy} onClick={decide(row, false)}>
                    Reject
                  </button>
                </>
              ) : (
                "for admins"
              ),
          },
        ]}
        empty={{ what: "Everything has been read.", step: "New reviews appear here." }}
      />
    </Card>
  );
}

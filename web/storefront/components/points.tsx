import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { LoyaltyEntry, Page } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { countText, dayText } from "../words.ts";

const pageSize = 8;
const reasons = {
  purchase: "Order",
  refund: "Refund",
  review: "Review",
  correction: "Correction by the shop",
} as const;

export const usePoints = () =>
  useInfiniteQuery({
    queryKey: ["points"],
    queryFn: ({ pageParam }) =>
      get<Page<LoyaltyEntry>>(`/loyalty?limit=${pageSize}${pageParam === 0 ? "" : `&after_id=${pageParam}`}`),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.rows.length === pageSize ? page.rows.at(-1)?.entry_id : undefined),
  });

/** Points earned and taken back, newest first. */
export function Points() {
  const entries = usePoints();
  const rows = entries.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section className="card">
      <h2>Points</h2>
      {entries.isSuccess && rows.length === 0 ? (
        <p className="muted">None yet. Orders and approved reviews earn points.</p>
      ) : null}
      {rows.length > 0 ? (
        <table className="plain-table">
          <caption className="sr-only">Points, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">For</th>
              <th scope="col" className="end">
                Points
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((entry) => (
              <tr key={entry.entry_id}>
                <td>{dayText(entry.earned_at)}</td>
                <td>
                  {entry.order_id === null ? (
                    reasons[entry.reason]
                  ) : (
                    <Link to={`/orders/${entry.order_id}`}>{`${reasons[entry.reason]} ${entry.order_id}`}</Link>
                  )}
                </td>
                <td className="end figure">
                  {entry.points > 0 ? `+${countText(entry.points)}` : countText(entry.points)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {entries.hasNextPage ? (
        <button type="button" className="button" onClick={() => void entries.fetchNextPage()}>
          Older points
        </button>
      ) : null}
    </section>
  );
}

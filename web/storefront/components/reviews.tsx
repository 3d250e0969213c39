import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Article, Page, Review, ReviewSummary } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { useShop } from "../use-shop.tsx";
import { counted, dayText, shareText } from "../words.ts";
import { Failure } from "./failure.tsx";
import { ReviewForm } from "./review-form.tsx";
import { Stars } from "./stars.tsx";

const pageSize = 5;

/** What buyers say of an article: stars, how the words sound, each review; and the form to add one's own. */
export function Reviews({ article }: { article: Article }) {
  const { session } = useShop();
  const path = `/articles/${article.article_id}/reviews`;
  const summary = useQuery({
    queryKey: ["review-summary", article.article_id],
    queryFn: () => get<ReviewSummary>(`${path}/summary`),
  });
  const reviews = useInfiniteQuery({
    queryKey: ["reviews", article.article_id],
    queryFn: ({ pageParam }) =>
      get<Page<Review>>(`${path}?limit=${pageSize}${pageParam === 0 ? "" : `&after_id=${pageParam}`}`),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.rows.length === pageSize ? page.rows.at(-1)?.review_id : undefined),
  });
  const rows = reviews.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section className="reviews" id="reviews" aria-labelledby="reviews-title">
      <h2 id="reviews-title">Reviews</h2>
      {summary.data ? <Summary summary={summary.data} /> : null}
      {reviews.error ? <Failure error={reviews.error} /> : null}
      <ul className="review-list">
        {rows.map((review) => (
          <li key={review.review_id}>
            <p>
              <Stars rating={review.rating} /> {review.title === "" ? null : <strong>{review.title}</strong>}
            </p>
            <p>{review.body}</p>
            <p className="small muted">
              {review.writer}, {dayText(review.created_at)}
              {review.is_verified ? ", has bought it" : ""}
            </p>
          </li>
        ))}
      </ul>
      {reviews.hasNextPage ? (
        <button type="button" className="button" onClick={() => void reviews.fetchNextPage()}>
          More reviews
        </button>
      ) : null}
      {session.shopper ? (
        <ReviewForm articleId={article.article_id} name={article.name} />
      ) : (
        <p>
          <Link to="/sign-in" search={{ next: `/article/${article.article_id}` }}>
            Sign in
          </Link>{" "}
          to write a review.
        </p>
      )}
    </section>
  );
}

function Summary({ summary }: { summary: ReviewSummary }) {
  if (summary.review_count === 0 || summary.mean_rating === null)
    return <p className="muted">Nobody has reviewed it yet.</p>;
  const bars = [
    { stars: 5, count: summary.five_star_count },
    { stars: 4, count: summary.four_star_count },
    { stars: 3, count: summary.three_star_count },
    { stars: 2, count: summary.two_star_count },
    { stars: 1, count: summary.one_star_count },
  ];
  const neutral = summary.review_count - summary.positive_count - summary.negative_count;
  return (
    <div className="review-summary">
      <div>
        <p className="big figure">{summary.mean_rating.toFixed(1)}</p>
        <Stars rating={summary.mean_rating} />
        <p className="small muted">
          {counted(summary.review_count, "review")}, {summary.verified_count} by buyers
        </p>
      </div>
      <table className="star-bars">
        <caption className="sr-only">Reviews by stars</caption>
        <tbody>
          {bars.map(({ stars, count }) => (
            <tr key={stars}>
              <th scope="row">{counted(stars, "star")}</th>
              <td aria-hidden="true">
                <span className="bar" style={{ width: `${(count / summary.review_count) * 100}%` }} />
              </td>
              <td className="figure">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sounds">
        The words sound positive in {shareText(summary.positive_count / summary.review_count)} of them, mixed in{" "}
        {shareText(neutral / summary.review_count)}, negative in{" "}
        {shareText(summary.negative_count / summary.review_count)}.
      </p>
    </div>
  );
}

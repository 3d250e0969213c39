import { useId } from "react";
import type { ArticleRow } from "../shop-types.ts";
import { ArticleCard } from "./article-card.tsx";
import { Failure } from "./failure.tsx";

interface Props {
  readonly title: string;
  /** Where the articles come from, in words. */
  readonly because: string;
  readonly place: string;
  readonly source: string;
  readonly rows: readonly ArticleRow[] | undefined;
  readonly error?: unknown;
}

const waiting = ["a", "b", "c", "d"] as const;

/** A row of articles that scrolls sideways on small screens; nothing at all when there are none. */
export function Shelf({ title, because, place, source, rows, error }: Props) {
  const id = useId();
  if (rows?.length === 0) return null;
  return (
    <section className="shelf" aria-labelledby={id}>
      <header className="shelf-head">
        <h2 id={id}>{title}</h2>
        <p className="muted">{because}</p>
      </header>
      {error ? <Failure error={error} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ul className="shelf-rows" tabIndex={0} aria-label={title}>
        {rows?.map((article, at) => (
          <ArticleCard key={article.article_id} article={article} place={place} source={source} position={at + 1} />
        )) ?? waiting.map((one) => <li key={one} className="article-card skeleton" aria-hidden="true" />)}
      </ul>
    </section>
  );
}

import { Link } from "@tanstack/react-router";
import type { ArticleRow } from "../shop-types.ts";
import { track } from "../track.ts";
import { useShop } from "../use-shop.tsx";
import { Picture } from "./picture.tsx";

interface Props {
  readonly article: ArticleRow;
  /** Where it stands, and who put it there; clicks are told apart by it. */
  readonly place: string;
  readonly source: string;
  readonly position: number;
  readonly isFirst?: boolean;
}

/** An article in a list: picture, name, brand, price; sold out says so. */
export function ArticleCard({ article, place, source, position, isFirst = false }: Props) {
  const { money, session } = useShop();
  const onClick = (): void =>
    track(session, "click", { article_id: article.article_id, details: { place, source, position } });
  return (
    <li className="article-card">
      <Link to={`/article/${article.article_id}`} onClick={onClick}>
        <span className="article-picture">
          <Picture of={article} alt="" isFirst={isFirst} />
          {article.is_available ? null : <span className="badge">Sold out</span>}
        </span>
        <span className="article-name">{article.name}</span>
        <span className="article-brand">{article.brand}</span>
        <span className="price">{money(article.price_minor)}</span>
      </Link>
    </li>
  );
}

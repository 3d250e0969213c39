import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ProblemError } from "../../api.ts";
import { Failure } from "../components/failure.tsx";
import { Heart } from "../components/heart.tsx";
import { Nowhere } from "../components/layout.tsx";
import { Offers } from "../components/offers.tsx";
import { Picture } from "../components/picture.tsx";
import { Quantity } from "../components/quantity.tsx";
import { Refusal } from "../components/refusal.tsx";
import { Reviews } from "../components/reviews.tsx";
import { Shelf } from "../components/shelf.tsx";
import { Stars } from "../components/stars.tsx";
import type { Article, ArticleRow, Category, Page } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { track } from "../track.ts";
import { useAction } from "../use-action.ts";
import { useCart } from "../use-cart.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted, titled } from "../words.ts";

const views = [
  { view: "front", label: "whole" },
  { view: "detail", label: "close up" },
  { view: "hem", label: "the cloth" },
] as const;

/** One article: pictures, price, stock, what others say, what goes with it. */
export function ArticlePage() {
  const { id = "" } = useParams({ strict: false });
  const { session } = useShop();
  const article = useQuery({
    queryKey: ["article", id],
    queryFn: () => get<Article>(`/articles/${id}`),
    staleTime: 10_000,
  });
  useTitle(article.data?.name ?? "");
  const known = article.data?.article_id;
  useEffect(() => {
    if (known !== undefined) track(session, "view", { article_id: known });
  }, [known, session]);
  if (article.error instanceof ProblemError && article.error.problem.status < 500) return <Nowhere />;
  if (article.error) return <Failure error={article.error} onRetry={() => void article.refetch()} />;
  if (!article.data) return <div className="page page-wait" aria-hidden="true" />;
  return <Shown key={id} article={article.data} />;
}

function Shown({ article }: { article: Article }) {
  const beside = useQuery({
    queryKey: ["beside", article.article_id],
    queryFn: () => get<Page<ArticleRow>>(`/articles/${article.article_id}/recommendations?limit=8`),
  });
  return (
    <div className="page">
      <Crumbs slug={article.category} />
      <div className="article">
        <Gallery article={article} />
        <Buy article={article} />
      </div>
      <Shelf
        title="Bought together"
        because="In the same orders, the most frequent first"
        place="product-together"
        source="together"
        rows={beside.data?.rows}
        error={beside.error}
      />
      <Offers place="product" title="Similar" articleId={article.article_id} />
      <Reviews article={article} />
    </div>
  );
}

function Crumbs({ slug }: { slug: string }) {
  const categories = useQuery({ queryKey: ["categories"], queryFn: () => get<Page<Category>>("/categories") });
  const own = categories.data?.rows.find((row) => row.slug === slug);
  const parent = categories.data?.rows.find((row) => row.slug === own?.parent);
  return (
    <nav className="crumbs" aria-label="Where you are">
      <Link to="/">Home</Link>
      {parent ? <Link to={`/category/${parent.slug}`}>{parent.name}</Link> : null}
      {own ? <Link to={`/category/${own.slug}`}>{own.name}</Link> : null}
    </nav>
  );
}

function Gallery({ article }: { article: Article }) {
  const [shown, setShown] = useState(0);
  const at = views[shown] ?? views[0];
  return (
    <div className="gallery">
      <Picture of={article} view={at.view} alt={`${article.name}, ${article.pattern}, ${at.label}`} isFirst />
      <fieldset className="thumbs">
        <legend className="sr-only">Pictures</legend>
        {views.map(({ view, label }, index) => (
          <button
            key={view}
            type="button"
            aria-pressed={index === shown}
            aria-label={`Show ${label}`}
            onClick={() => setShown(index)}
          >
            <Picture of={article} view={view} alt="" isFirst />
          </button>
        ))}
      </fieldset>
    </div>
  );
}

/** Price, stock and the one thing to do. On phones a bar with both stays at the bottom of the screen. */
function Buy({ article }: { article: Article }) {
  const { money, shop } = useShop();
  const client = useQueryClient();
  const { cart, add } = useCart();
  const action = useAction();
  const [units, setUnits] = useState(1);
  const [added, setAdded] = useState("");
  const inCart = cart.data?.rows.find((line) => line.article_id === article.article_id)?.quantity ?? 0;
  const left = Math.max(0, article.available_quantity);
  const most = Math.max(1, Math.min(left, 20));
  const buy = async (): Promise<void> => {
    setAdded("");
    const isIn = await action.run(() => add(article.article_id, units));
    if (isIn)
      setAdded(
        `${counted(units, "unit")} of ${article.name} put into the cart and kept for ${shop.reservation_minutes} minutes.`,
      );
    await client.invalidateQueries({ queryKey: ["article", String(article.article_id)] });
  };
  const words = {
    store_refused:
      left === 0 && inCart === 0
        ? `Someone else has just taken the last ${article.name}. Put it on your wishlist and we write when it is back.`
        : `There are not as many left: ${counted(left, "unit")} can still be had${inCart > 0 ? `, and ${counted(inCart, "unit")} are in your cart` : ""}.`,
  };
  return (
    <div className="buy">
      <p className="article-brand">{article.brand}</p>
      <h1>{article.name}</h1>
      {article.mean_rating === null ? null : (
        <a className="rating" href="#reviews">
          <Stars rating={article.mean_rating} /> {counted(article.review_count, "review")}
        </a>
      )}
      <p className="price big">{money(article.price_minor)}</p>
      <Stock left={left} inCart={inCart} />
      <p>{article.description}</p>
      <dl className="facts">
        <dt>Colour</dt>
        <dd>{titled(article.colour)}</dd>
        <dt>Pattern</dt>
        <dd>{titled(article.pattern)}</dd>
        <dt>Number</dt>
        <dd className="figure">{article.sku}</dd>
      </dl>
      {article.components.length > 0 ? (
        <ul className="components">
          {article.components.map((part) => (
            <li key={part.article_id}>
              {part.quantity} × <Link to={`/article/${part.article_id}`}>{part.name}</Link>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="buy-bar">
        <div className="buy-bar-price">
          <span className="price">{money(article.price_minor)}</span>
          <span className="small muted">{left === 0 ? "Sold out" : left <= 5 ? `Only ${left} left` : "In stock"}</span>
        </div>
        <Quantity
          of={article.name}
          value={Math.min(units, most)}
          most={most}
          isBusy={action.isBusy || left === 0}
          onChange={setUnits}
        />
        <button
          type="button"
          className="button primary"
          disabled={left === 0 || action.isBusy}
          onClick={() => void buy()}
        >
          {left === 0 ? "Sold out" : "Add to cart"}
        </button>
      </div>
      <Refusal error={action.error} words={words} />
      <output className="added" aria-live="polite">
        {added === "" ? null : (
          <>
            {added} <Link to="/cart">Go to the cart</Link>
          </>
        )}
      </output>
      <Heart articleId={article.article_id} name={article.name} />
    </div>
  );
}

function Stock({ left, inCart }: { left: number; inCart: number }) {
  const mine = inCart > 0 ? ` ${counted(inCart, "unit")} in your cart.` : "";
  if (left === 0) return <p className="stock stock-none">Sold out.{mine}</p>;
  if (left <= 5)
    return (
      <p className="stock stock-few">
        Only {left} left.{mine}
      </p>
    );
  return <p className="stock stock-some">In stock.{mine}</p>;
}

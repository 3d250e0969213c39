import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Offers, useOffers } from "../components/offers.tsx";
import { Picture } from "../components/picture.tsx";
import { Shelf } from "../components/shelf.tsx";
import type { ArticleRow, CataloguePage, Category, Page } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted } from "../words.ts";

const waiting = ["a", "b", "c"] as const;

/** The first page: what to look at now, what sells, what is new, and the way to the rest. */
export function HomePage() {
  useTitle("");
  const { shop, session } = useShop();
  const trending = useQuery({ queryKey: ["trending"], queryFn: () => get<Page<ArticleRow>>("/trending?limit=12") });
  const newest = useQuery({
    queryKey: ["newest"],
    queryFn: () => get<CataloguePage>("/catalogue?sort=newest&limit=12"),
  });
  const categories = useQuery({ queryKey: ["categories"], queryFn: () => get<Page<Category>>("/categories") });
  const offers = useOffers({ place: "home" });
  const lead = trending.data?.rows[0];
  const rows = categories.data?.rows ?? [];
  // Those of one parent stand together, in the order of the parents.
  const leaves = rows
    .filter((row) => row.parent === null)
    .flatMap((root) => rows.filter((row) => row.parent === root.slug && row.article_count > 0));
  return (
    <div className="page">
      <section className="hero">
        <div className="hero-words">
          <h1>Made to be worn for years.</h1>
          <p>
            {counted(shop.article_count, "article")} of {shop.name}, in stock or honestly marked as sold out.
          </p>
          {lead === undefined && trending.isPending ? (
            <span className="button primary waiting" aria-hidden="true" />
          ) : null}
          {lead ? (
            <Link className="button primary" to={`/article/${lead.article_id}`}>
              See what sells most
            </Link>
          ) : null}
        </div>
        <div className="hero-pictures" aria-hidden="true">
          {trending.data?.rows
            .slice(0, 3)
            .map((article) => <Picture key={article.article_id} of={article} alt="" isFirst />) ??
            (trending.error ? null : waiting.map((one) => <span key={one} className="picture" />))}
        </div>
      </section>
      {/* Whether there are offers decides where all below begins. */}
      {offers.isPending || categories.isPending ? (
        <div className="page-wait" aria-hidden="true" />
      ) : (
        <>
          <Offers
            place="home"
            title={
              session.shopper
                ? `For you${session.shopper.name ? `, ${session.shopper.name.split(" ")[0]}` : ""}`
                : "You may like"
            }
          />
          <nav className="tiles" aria-label="All categories">
            {leaves.map((leaf) => (
              <Link key={leaf.slug} to={`/category/${leaf.slug}`}>
                <strong>{leaf.name}</strong>
                <span className="muted">
                  {categories.data?.rows.find((row) => row.slug === leaf.parent)?.name},{" "}
                  {counted(leaf.article_count, "article")}
                </span>
              </Link>
            ))}
          </nav>
          <Shelf
            title="Trending"
            because="Most units sold in the last 28 days"
            place="home-trending"
            source="popular"
            rows={trending.data?.rows}
            error={trending.error}
          />
          <Shelf
            title="New"
            because="Added last"
            place="home-new"
            source="newest"
            rows={newest.data?.rows}
            error={newest.error}
          />
        </>
      )}
    </div>
  );
}

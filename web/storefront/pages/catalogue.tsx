import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { ArticleCard } from "../components/article-card.tsx";
import { FacetPanel } from "../components/facet-panel.tsx";
import { Failure } from "../components/failure.tsx";
import { catalogueQuery, type Filters, listOf } from "../filters.ts";
import type { CataloguePage, Category, Facets, Page } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { track } from "../track.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted } from "../words.ts";

const sorts = [
  { value: "", label: "Best match" },
  { value: "newest", label: "Newest first" },
  { value: "price_up", label: "Lowest price first" },
  { value: "price_down", label: "Highest price first" },
] as const;

const waiting = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;

/** A category with the way to it and those below. */
export function CategoryPage() {
  const { slug = "" } = useParams({ strict: false });
  const categories = useQuery({ queryKey: ["categories"], queryFn: () => get<Page<Category>>("/categories") });
  const rows = categories.data?.rows ?? [];
  const own = rows.find((row) => row.slug === slug);
  const parent = rows.find((row) => row.slug === own?.parent);
  useTitle(own ? (parent ? `${own.name}, ${parent.name}` : own.name) : "");
  const near = rows.filter((row) => row.parent === (parent ? parent.slug : slug));
  return (
    <Catalogue category={slug} title={own?.name ?? "Category"} place="category">
      <nav className="crumbs" aria-label="Where you are">
        <Link to="/">Home</Link>
        {parent ? <Link to={`/category/${parent.slug}`}>{parent.name}</Link> : null}
      </nav>
      <nav className="near" aria-label="Related categories">
        {near.map((row) => (
          <Link key={row.slug} to={`/category/${row.slug}`} activeProps={{ className: "active" }}>
            {row.name}
          </Link>
        ))}
      </nav>
    </Catalogue>
  );
}

/** What a search found; it narrows by the same facets as a category. */
export function SearchPage() {
  const { q = "" } = useSearch({ strict: false }) as { q?: string };
  const { session } = useShop();
  useTitle(q === "" ? "Everything" : `Search: ${q}`);
  useEffect(() => {
    if (q !== "") track(session, "search", { details: { term: q } });
  }, [q, session]);
  return <Catalogue title={q === "" ? "Everything" : `Found for “${q}”`} place="search" />;
}

interface Props {
  readonly title: string;
  readonly place: string;
  readonly category?: string;
  readonly children?: ReactNode;
}

function Catalogue({ title, place, category, children }: Props) {
  const filters = useSearch({ strict: false }) as Filters;
  const navigate = useNavigate();
  const query = catalogueQuery(filters, category);
  const pages = useInfiniteQuery({
    queryKey: ["catalogue", query],
    queryFn: ({ pageParam, signal }) =>
      get<CataloguePage>(`/catalogue?${query}&limit=24${pageParam ? `&cursor=${pageParam}` : ""}`, {}, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
  const facetQuery = catalogueQuery({ ...filters, sort: "" }, category);
  const facets = useQuery({
    queryKey: ["facets", facetQuery],
    queryFn: ({ signal }) => get<Facets>(`/catalogue/facets?${facetQuery}`, {}, signal),
    placeholderData: keepPreviousData,
  });
  const change = (changed: Filters): void => {
    const next = Object.fromEntries(
      Object.entries({ ...filters, ...changed }).filter(([, value]) => listOf(value).length > 0),
    );
    void navigate({ to: ".", search: next, replace: true, resetScroll: false });
  };
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  const total = facets.data?.article_count;
  return (
    <div className="page catalogue">
      <header className="catalogue-head">
        {children}
        <h1>{title}</h1>
        <div className="catalogue-tools">
          <output aria-live="polite" className="muted">
            {total === undefined ? "" : counted(total, "article")}
          </output>
          <label className="sort">
            Sort by{" "}
            <select value={filters.sort ?? ""} onChange={(event) => change({ sort: event.target.value })}>
              {sorts.map((sort) => (
                <option key={sort.value} value={sort.value}>
                  {sort.value === "" && filters.q === undefined ? "Our choice" : sort.label}
                </option>
              ))}
            </select>
          </label>
        </div>
      </header>
      <FacetPanel filters={filters} category={category} facets={facets.data} onChange={change} />
      <div>
        {pages.error ? <Failure error={pages.error} onRetry={() => void pages.refetch()} /> : null}
        {rows?.length === 0 ? (
          <div className="empty">
            <p className="notice-what">Nothing passes these filters.</p>
            <p className="muted">Take one away, or search for something else.</p>
            <button
              type="button"
              className="button"
              onClick={() => void navigate({ to: ".", search: filters.q ? { q: filters.q } : {} })}
            >
              Remove all filters
            </button>
          </div>
        ) : (
          <ul className={pages.isPlaceholderData ? "article-grid reloading" : "article-grid"} aria-label="Articles">
            {rows?.map((article, at) => (
              <ArticleCard
                key={article.article_id}
                article={article}
                place={place}
                source={filters.q ? "search" : "catalogue"}
                position={at + 1}
                isFirst={at < 4}
              />
            )) ?? waiting.map((one) => <li key={one} className="article-card skeleton" aria-hidden="true" />)}
          </ul>
        )}
        {pages.hasNextPage ? (
          <button
            type="button"
            className="button more"
            disabled={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            Show more
          </button>
        ) : null}
      </div>
    </div>
  );
}

/** Looking around: the first page, categories, search, a product. */
import type { Article, ArticleRow, CataloguePage, Category, Facets, Offers, Rows, Shop } from "./answers.ts";
import type { Seen, Shopper } from "./shopper.ts";

const queryOf = (values: Readonly<Record<string, string>>): string => String(new URLSearchParams(values));

/** The frame of every page and, on a first visit, the question whether steps may be logged. */
export async function arrive(shopper: Shopper): Promise<void> {
  const { browser } = shopper;
  const [, shop, categories] = await browser.open<[unknown, Shop, Rows<Category>, unknown]>([
    "/session",
    "/shop",
    "/categories",
    "/cart",
  ]);
  shopper.methods = shop?.payment_methods.map(({ method }) => method) ?? ["card"];
  shopper.categories = categories?.rows.filter((row) => row.article_count > 0).map((row) => row.slug) ?? [];
  if (browser.hasConsent === null) await browser.giveConsent(shopper.agrees);
}

/** The first page with its shelves. */
export async function openHome(shopper: Shopper): Promise<void> {
  const [offers, trending, newest] = await shopper.browser.open<[Offers, Rows<ArticleRow>, CataloguePage]>([
    "/offers?place=home",
    "/trending?limit=12",
    "/catalogue?sort=newest&limit=12",
  ]);
  shopper.shelves = [
    { place: "home", source: offers?.source ?? "popular", rows: offers?.rows ?? [] },
    { place: "home-trending", source: "popular", rows: trending?.rows ?? [] },
    { place: "home-new", source: "newest", rows: newest?.rows ?? [] },
  ];
}

/** A category, at times narrowed by a facet, sorted by price or turned to its second page. */
export async function openCategory(shopper: Shopper): Promise<void> {
  const { random, browser, categories } = shopper;
  if (categories.length === 0) return await openHome(shopper);
  const category = random.pick(categories);
  const listed = await openList(shopper, "category", { category });
  if (random.chance(0.3)) {
    const facet = random.pick(["colour", "brand", "product_type"]);
    const values = listed.facets.filter((row) => row.facet === facet).map((row) => row.value);
    if (values.length > 0) {
      await shopper.look();
      await openList(shopper, "category", { category, [facet]: random.pick(values) });
    }
  } else if (random.chance(0.2)) {
    await shopper.look();
    await openList(shopper, "category", { category, sort: random.pick(["price_up", "price_down"]) });
  } else if (listed.cursor !== null && random.chance(0.4)) {
    await shopper.look();
    const [more] = await browser.open<[CataloguePage]>([
      `/catalogue?${queryOf({ category, limit: "24", cursor: listed.cursor })}`,
    ]);
    shopper.shelves = [{ place: "category", source: "catalogue", rows: more?.rows ?? [] }];
  }
}

/** Types a word, sees the first hits while typing, and opens what was found; one in ten types it wrong. */
export async function search(shopper: Shopper): Promise<void> {
  const { random, browser } = shopper;
  const words = shopper.shelves.flatMap(({ rows }) => rows.flatMap(({ name }) => name.toLowerCase().split(/[^a-z]+/)));
  const long = words.filter((word) => word.length > 3);
  if (long.length === 0) return await openCategory(shopper);
  const meant = random.pick(long);
  const at = random.integer(1, meant.length - 2);
  const term = random.chance(0.1) ? meant.slice(0, at) + meant.slice(at + 1) : meant;
  await browser.open<[CataloguePage]>([`/catalogue?${queryOf({ q: term, limit: "6" })}`]);
  const { rows } = await openList(shopper, "search", { q: term });
  await browser.track("search", null, { term });
  if (rows.length === 0) await openHome(shopper);
}

async function openList(shopper: Shopper, place: string, filters: Readonly<Record<string, string>>) {
  const { sort: _, ...counted } = filters;
  const [page, facets] = await shopper.browser.open<[CataloguePage, Facets]>([
    `/catalogue?${queryOf({ ...filters, limit: "24" })}`,
    `/catalogue/facets?${queryOf(counted)}`,
  ]);
  const rows = page?.rows ?? [];
  shopper.shelves = [{ place, source: place === "search" ? "search" : "catalogue", rows }];
  return { rows, cursor: page?.next_cursor ?? null, facets: facets?.rows ?? [] };
}

/** Clicks on something on this page and reads about it; the article when it can be had, else null. */
export async function openProduct(shopper: Shopper): Promise<Article | null> {
  const { random, browser } = shopper;
  const filled = shopper.shelves.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) {
    await openHome(shopper);
    return null;
  }
  const shelf: Seen = random.pick(filled);
  // What stands first is clicked most.
  const position = Math.min(shelf.rows.length, 1 + Math.floor(random.exponential(4)));
  const id = shelf.rows[position - 1]?.article_id ?? 0;
  await browser.track("click", id, { place: shelf.place, source: shelf.source, position });
  const [article, beside, offers] = await browser.open<[Article, Rows<ArticleRow>, Offers, unknown, unknown]>([
    `/articles/${id}`,
    `/articles/${id}/recommendations?limit=8`,
    `/offers?${queryOf({ place: "product", article_id: String(id) })}`,
    `/articles/${id}/reviews/summary`,
    `/articles/${id}/reviews?limit=5`,
  ]);
  await browser.track("view", id);
  shopper.shelves = [
    { place: "product-together", source: "together", rows: beside?.rows ?? [] },
    { place: "product", source: offers?.source ?? "popular", rows: offers?.rows ?? [] },
  ];
  return article;
}

import type { Random } from "../../../stats/random.ts";
import { type AliasTable, drawAlias } from "../alias-table.ts";
import type { Taste } from "./baskets.ts";
import { CART_EVENT_SHARE, RESEARCH_SHARE } from "./planted.ts";
import type { Article, Assortment } from "./products.ts";
import type { EventType } from "./types.ts";
import { intentOf, MEAN_EXTRA_VIEWS, SECOND_VIEW_SHARE, type Visit } from "./visits.ts";

/** One event of a visit, before it has a time. */
export interface Step {
  readonly type: EventType;
  readonly article: Article | null;
  readonly quantity: number | null;
  readonly properties: string;
}

/** Kinds of event beside views, carts and purchases, as chances per visit, view or cart. */
const SEARCH_PER_VISIT = 0.08;
const WISHLIST_PER_VIEW = 0.004;
const REMOVED_PER_CART = 0.09;
const CHECKOUT_LEFT = 0.1;
const CHECKOUT_EVENT_SHARE = 0.9;

/** After a view: the same article again, or another of its department; otherwise whatever the visitor likes. */
const SAME_ARTICLE = 0.25;
const SAME_DEPARTMENT = 0.6;

/** What steps are made from. */
export interface StepSources {
  readonly taste: Taste;
  readonly assortment: Assortment;
  readonly lengths: AliasTable;
  readonly cartRate: number;
}

const step = (type: EventType, article: Article | null, quantity: number | null = null, properties = ""): Step => ({
  type,
  article,
  quantity,
  properties,
});

function searchStep(article: Article, random: Random): Step {
  const words = article.item.toLowerCase().split(" ");
  const query = random.chance(0.5) ? words.join(" ") : (words.at(-1) ?? "");
  return step("search", null, null, JSON.stringify({ query }));
}

function orderedArticles(visit: Visit, assortment: Assortment): readonly Article[] {
  const { placed } = visit;
  if (placed === null) return [];
  return placed.order.lines
    .slice(0, placed.bought)
    .flatMap((line) => assortment.byProductId.get(line.product_id) ?? []);
}

/** A visit that ends in an order: views of everything bought, most of it put into the cart, then the purchases. */
export function orderingSteps(visit: Visit, day: number, sources: StepSources, random: Random): readonly Step[] {
  const { placed } = visit;
  if (placed === null) return [];
  const steps: Step[] = [];
  const articles = orderedArticles(visit, sources.assortment);
  const first = articles[0];
  if (first && random.chance(SEARCH_PER_VISIT)) steps.push(searchStep(first, random));
  let carts = 0;
  articles.forEach((article, index) => {
    const extra = random.poisson(MEAN_EXTRA_VIEWS / articles.length);
    for (let view = 0; view < extra; view++)
      steps.push(step("view", sources.taste.drawNeighbour(random, article, day)));
    steps.push(step("view", article));
    if (random.chance(SECOND_VIEW_SHARE)) steps.push(step("view", article));
    if (!random.chance(CART_EVENT_SHARE)) return;
    steps.push(step("cart_add", article, placed.order.lines[index]?.quantity ?? 1));
    carts++;
  });
  if (carts > 0 && random.chance(CHECKOUT_EVENT_SHARE)) steps.push(step("checkout_start", null));
  articles.forEach((article, index) => {
    steps.push(step("purchase", article, placed.order.lines[index]?.quantity ?? 1));
  });
  return steps;
}

/** A visit without an order: views, and with an intent to buy a cart that is left behind. */
export function browsingSteps(visit: Visit, day: number, sources: StepSources, random: Random): readonly Step[] {
  const { taste } = sources;
  const wanted = orderedArticles(visit, sources.assortment);
  const hasIntent = random.chance(intentOf(visit));
  const length = 1 + drawAlias(sources.lengths, random.uniform());
  const steps: Step[] = [];
  const cart = new Set<Article>();
  const draw = () =>
    wanted.length > 0 && random.chance(RESEARCH_SHARE)
      ? random.pick(wanted)
      : taste.drawArticle(random, visit.shopper, day);
  let article = draw();
  if (random.chance(SEARCH_PER_VISIT)) steps.push(searchStep(article, random));
  for (let event = 0; event < length; event++) {
    if (event > 0 && hasIntent && random.chance(sources.cartRate)) {
      while (cart.has(article) && cart.size < sources.assortment.articles.length) article = draw();
      steps.push(step("cart_add", article, 1));
      cart.add(article);
      if (random.chance(REMOVED_PER_CART)) {
        steps.push(step("cart_remove", article, 1));
        cart.delete(article);
      }
      continue;
    }
    const move = event === 0 ? 0 : random.uniform();
    if (move >= SAME_DEPARTMENT) article = draw();
    else if (move >= SAME_ARTICLE) article = taste.drawNeighbour(random, article, day);
    steps.push(step("view", article));
    if (visit.shopper !== null && random.chance(WISHLIST_PER_VIEW)) steps.push(step("wishlist_add", article));
  }
  if (cart.size > 0 && visit.shopper !== null && random.chance(CHECKOUT_LEFT)) steps.push(step("checkout_start", null));
  return steps;
}

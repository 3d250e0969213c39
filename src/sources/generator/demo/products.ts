import type { Random } from "../../../stats/random.ts";
import { zipfWeights } from "../zipf.ts";
import { COLOURS, DEPARTMENTS, type Department } from "./items.ts";
import { type DemoShape, dayText } from "./options.ts";
import { PRICE_CHANGE_RANGE, PRICE_CHANGE_SHARE, PRICE_ELASTICITY, SEASONAL_DEPARTMENTS } from "./planted.ts";
import type { DemoProduct } from "./types.ts";

/** A list price, in force from day number `day` on. */
export interface PriceStep {
  readonly day: number;
  readonly price_minor: number;
}

/** A product with what only the generator knows. */
export interface Article {
  readonly product: DemoProduct;
  readonly department: Department;
  /** Name without brand. */
  readonly item: string;
  /** Demand inside the department at the first price. */
  readonly popularity: number;
  /** Mean rating before noise, 1 to 5. */
  readonly quality: number;
  /** In order of time; the first from day 0. */
  readonly prices: readonly PriceStep[];
}

/** The assortment, ready to be drawn from. */
export interface Assortment {
  readonly articles: readonly Article[];
  readonly byProductId: ReadonlyMap<string, Article>;
  /** Articles of each department of `DEPARTMENTS`. */
  readonly shelves: readonly (readonly Article[])[];
}

/** List price of a day, in hundredths. */
export function priceOn(article: Article, day: number): number {
  let price = 0;
  for (const step of article.prices) if (step.day <= day || price === 0) price = step.price_minor;
  return price;
}

/** Demand for an article on a day: popularity and the answer to its price. */
export function demandOn(article: Article, day: number): number {
  const first = article.prices[0]?.price_minor ?? 1;
  const price = priceOn(article, day);
  return price === first ? article.popularity : article.popularity * (price / first) ** PRICE_ELASTICITY;
}

/** Demand for a department in a month of the year (January 0), as a multiple of its average. */
export function seasonOf(department: Department, month: number): number {
  return SEASONAL_DEPARTMENTS[department.name]?.[month] ?? 1;
}

/** To the nearest price ending in 99, as shops print them; cheap things end in 9. */
function shelfPrice(minor: number): number {
  return minor < 1_000 ? Math.max(99, Math.round(minor / 10) * 10 - 1) : Math.round(minor / 100) * 100 - 1;
}

function priceSteps(first: number, shape: DemoShape, random: Random): readonly PriceStep[] {
  const steps: PriceStep[] = [{ day: 0, price_minor: first }];
  if (!random.chance(PRICE_CHANGE_SHARE)) return steps;
  const changes = random.integer(1, 2);
  for (let change = 0; change < changes; change++) {
    const from = Math.floor((shape.days * (change + 0.3)) / changes);
    const day = random.integer(from, Math.max(from, Math.floor((shape.days * (change + 0.9)) / changes)));
    const ratio = 1 + PRICE_CHANGE_RANGE * (2 * random.uniform() - 1);
    const price_minor = shelfPrice(first * ratio);
    if (day < shape.days && price_minor !== steps.at(-1)?.price_minor) steps.push({ day, price_minor });
  }
  return steps;
}

function makeArticle(index: number, popularity: number, shape: DemoShape, random: Random): Article {
  const department = DEPARTMENTS[index % DEPARTMENTS.length];
  if (department === undefined) throw new RangeError(`no department for product ${index}`);
  const place = Math.floor(index / DEPARTMENTS.length);
  const round = Math.floor(place / department.items.length);
  const [path, item, pounds] = department.items[place % department.items.length] ?? ["", "", 0];
  const brand = department.brands[(random.integer(0, 1) + round) % department.brands.length] ?? "";
  const prices = priceSteps(shelfPrice(pounds * 100 * (1 + 0.15 * round)), shape, random);
  const color = random.pick(COLOURS);
  return {
    product: {
      product_id: `P${String(index + 1).padStart(4, "0")}`,
      name: `${brand} ${item}${round === 0 ? "" : ` ${round + 1}`}`,
      category: `${department.name}.${path}`,
      brand,
      price_minor: prices.at(-1)?.price_minor ?? 0,
      cost_minor: Math.round(pounds * 100 * department.costRate * (0.92 + 0.16 * random.uniform())),
      stock_quantity: random.chance(0.04) ? 0 : random.integer(5, 240),
      color,
    },
    department,
    item: round === 0 ? item : `${item} ${round + 1}`,
    popularity,
    quality: Math.min(4.9, Math.max(2.4, random.normal(4.25, 0.5))),
    prices,
  };
}

/** Makes the assortment: departments take turns, so that a small one has a few articles of each. */
export function createAssortment(shape: DemoShape, random: Random): Assortment {
  const perShelf = Math.ceil(shape.products / DEPARTMENTS.length);
  const weights = zipfWeights(perShelf, 0.7, 1);
  const articles = Array.from({ length: shape.products }, (_, index) => {
    const rank = (Math.floor(index / DEPARTMENTS.length) * 7 + (index % DEPARTMENTS.length) + 3) % perShelf;
    return makeArticle(index, weights[rank] ?? 1, shape, random);
  });
  return {
    articles,
    byProductId: new Map(articles.map((article) => [article.product.product_id, article])),
    shelves: DEPARTMENTS.map((department) => articles.filter((article) => article.department === department)),
  };
}

/** Changes of list prices, for the truth: in order of product and day. */
export function priceChanges(assortment: Assortment, shape: DemoShape) {
  return assortment.articles.flatMap(({ product, prices }) =>
    prices.slice(1).map((step, index) => ({
      product_id: product.product_id,
      changed_on: dayText(shape, step.day),
      from_price_minor: prices[index]?.price_minor ?? 0,
      to_price_minor: step.price_minor,
    })),
  );
}

/** Draws an index in proportion to weights that change with every draw; linear in their number. */
export function pickWeighted(weights: readonly number[], random: Random): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let index = 0; index < weights.length; index++) {
    left -= weights[index] ?? 0;
    if (left < 0) return index;
  }
  return weights.length - 1;
}

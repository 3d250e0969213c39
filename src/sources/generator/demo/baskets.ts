import type { Random } from "../../../stats/random.ts";
import type { Calendar } from "./calendar.ts";
import { DEPARTMENTS } from "./items.ts";
import { ASSOCIATIONS, FAVOURITE_MULTIPLIER } from "./planted.ts";
import { type Article, type Assortment, demandOn, pickWeighted, seasonOf } from "./products.ts";
import type { Shopper } from "./shoppers.ts";

const MOST_LINES = 12;

/** A planted association whose two articles are on sale. */
export interface PlantedPair {
  readonly antecedent: Article;
  readonly consequent: Article;
  readonly attachProbability: number;
}

/** The planted associations that this assortment has both sides of. */
export function plantedPairs(assortment: Assortment): readonly PlantedPair[] {
  const byItem = new Map(assortment.articles.map((article) => [article.item, article]));
  return ASSOCIATIONS.flatMap(({ antecedent, consequent, attachProbability }) => {
    const first = byItem.get(antecedent);
    const second = byItem.get(consequent);
    return first && second ? [{ antecedent: first, consequent: second, attachProbability }] : [];
  });
}

/** Draws articles as people want them: by department, season, favourites and price. */
export interface Taste {
  /** `shopper` null for an unknown visitor. */
  readonly drawArticle: (random: Random, shopper: Shopper | null, day: number) => Article;
  /** Another article of the same department. */
  readonly drawNeighbour: (random: Random, article: Article, day: number) => Article;
}

export function createTaste(assortment: Assortment, calendar: Calendar): Taste {
  let weightsDay = -1;
  let shelfWeights: readonly (readonly number[])[] = [];
  let departmentWeights: readonly number[] = [];
  const moveTo = (day: number) => {
    if (day === weightsDay) return;
    weightsDay = day;
    shelfWeights = assortment.shelves.map((shelf) => shelf.map((article) => demandOn(article, day)));
    departmentWeights = DEPARTMENTS.map(
      (department, index) =>
        (assortment.shelves[index]?.length ? department.demand : 0) * seasonOf(department, calendar.month(day)),
    );
  };
  const drawFrom = (random: Random, department: number): Article => {
    const shelf = assortment.shelves[department] ?? [];
    const article = shelf[pickWeighted(shelfWeights[department] ?? [], random)];
    if (article === undefined) throw new RangeError(`department ${department} is empty`);
    return article;
  };
  return {
    drawArticle: (random, shopper, day) => {
      moveTo(day);
      const weights =
        shopper === null
          ? departmentWeights
          : departmentWeights.map((weight, index) =>
              shopper.favourites.includes(index) ? weight * FAVOURITE_MULTIPLIER : weight,
            );
      return drawFrom(random, pickWeighted(weights, random));
    },
    drawNeighbour: (random, article, day) => {
      moveTo(day);
      return drawFrom(random, DEPARTMENTS.indexOf(article.department));
    },
  };
}

/** Distinct articles of one order: what the shopper came for, then what goes with it. */
export function drawBasket(
  taste: Taste,
  pairs: readonly PlantedPair[],
  shopper: Shopper,
  day: number,
  random: Random,
): readonly Article[] {
  const basket = new Set<Article>();
  const wanted = Math.min(MOST_LINES, 1 + random.poisson(shopper.customer.segment === "vip" ? 1.9 : 1.45));
  for (let draw = 0; draw < 3 * wanted && basket.size < wanted; draw++) {
    basket.add(taste.drawArticle(random, shopper, day));
  }
  for (const { antecedent, consequent, attachProbability } of pairs) {
    if (basket.has(antecedent) && !basket.has(consequent) && random.chance(attachProbability)) basket.add(consequent);
  }
  return [...basket];
}

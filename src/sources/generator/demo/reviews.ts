import type { Random } from "../../../stats/random.ts";
import { DAY_MS } from "../day.ts";
import { drawTimeOfDay } from "./calendar.ts";
import { type DemoShape, dayOf } from "./options.ts";
import type { PlacedOrder } from "./orders.ts";
import { RETURN_RATING_DROP, REVIEW_NOISE, REVIEW_SHARE } from "./planted.ts";
import type { Article, Assortment } from "./products.ts";
import { COMPLAINTS, NEUTRAL, PRAISE, TITLES, TURNS } from "./review-phrases.ts";
import { instant } from "./shoppers.ts";
import type { DemoReview } from "./types.ts";

/** Sentences of praise and of complaint that go with a rating of 1 to 5: how many of each, at least and at most. */
const TONE: readonly (readonly [praiseFrom: number, praiseTo: number, complaintsFrom: number, complaintsTo: number])[] =
  [
    [0, 0, 1, 3],
    [0, 1, 1, 2],
    [1, 1, 1, 1],
    [1, 2, 0, 1],
    [1, 3, 0, 0],
  ];

function drawSentences(random: Random, from: readonly string[], low: number, high: number): readonly string[] {
  const chosen = new Set<string>();
  const count = random.integer(low, high);
  while (chosen.size < count) chosen.add(random.pick(from));
  return [...chosen];
}

const lowerFirst = (text: string) => (text.startsWith("I ") ? text : text.charAt(0).toLowerCase() + text.slice(1));

/** Title and body of a review: the words agree with the rating, mixed ratings have both sides. */
function write(article: Article, rating: number, random: Random): Pick<DemoReview, "title" | "body"> {
  const [praiseFrom, praiseTo, complaintsFrom, complaintsTo] = TONE[rating - 1] ?? [0, 0, 0, 0];
  const praise = drawSentences(random, PRAISE, praiseFrom, praiseTo);
  const complaints = drawSentences(random, COMPLAINTS, complaintsFrom, complaintsTo);
  const [main, other] = rating >= 3 ? [praise, complaints] : [complaints, praise];
  const turned = other.map((sentence, index) =>
    index === 0 ? `${random.pick(TURNS)} ${lowerFirst(sentence)}` : sentence,
  );
  const opening = random.chance(0.35) ? [random.pick(NEUTRAL)] : [];
  const body = [...opening, ...main, ...turned].join(" ").replaceAll("{item}", article.item.toLowerCase());
  return { title: random.pick(TITLES[rating - 1] ?? [""]), body };
}

/** Makes the reviews of delivered and returned lines, in order of time. */
export function createReviews(
  shape: DemoShape,
  assortment: Assortment,
  orders: readonly PlacedOrder[],
  random: Random,
): readonly DemoReview[] {
  const reviews: Omit<DemoReview, "review_id">[] = [];
  for (const { order, bought } of orders) {
    if (order.status !== "delivered" && order.status !== "returned") continue;
    const returned = new Set(order.lines.slice(bought).map((line) => line.product_id));
    for (const line of order.lines.slice(0, bought)) {
      const article = assortment.byProductId.get(line.product_id);
      if (article === undefined || !random.chance(REVIEW_SHARE)) continue;
      const drop = returned.has(line.product_id) ? RETURN_RATING_DROP : 0;
      const rating = Math.min(5, Math.max(1, Math.round(article.quality - drop + random.normal(0, REVIEW_NOISE))));
      const reviewed_at = instant(shape, dayOf(shape, line.ordered_at) + random.integer(5, 35), drawTimeOfDay(random));
      const text = write(article, rating, random);
      if (reviewed_at >= shape.end || reviewed_at < line.ordered_at + DAY_MS) continue;
      reviews.push({ product_id: line.product_id, customer_id: order.customer_id, reviewed_at, rating, ...text });
    }
  }
  reviews.sort((a, b) => a.reviewed_at - b.reviewed_at);
  return reviews.map((review, index) => ({ review_id: `R${String(index + 1).padStart(6, "0")}`, ...review }));
}

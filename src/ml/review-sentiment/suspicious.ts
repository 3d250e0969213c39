/** Reviews that look made up, each with its reasons. A flag is a question to a person, never an answer. */
import { gammaincLower } from "../../stats/gammainc.ts";
import { nearDuplicates } from "./near-duplicates.ts";

export interface DatedReview {
  readonly productKey: string;
  readonly text: string;
  /** Stars, 1 to 5; 0 where none was given. */
  readonly rating: number;
  /** Day as YYYY-MM-DD; empty when unknown. */
  readonly day: string;
}

/** Two reasons make a flag; a near duplicate makes one alone. */
export type Reason = "near_duplicate" | "burst" | "extreme";

export interface SuspiciousReview {
  /** Position among the reviews given. */
  readonly row: number;
  readonly reasons: readonly Reason[];
  /** Position of the review it nearly repeats; null where that is no reason. */
  readonly duplicateOf: number | null;
}

const fewestInBurst = 5;
/** Chance that so many reviews come on one day, below which they are a burst. */
const burstChance = 1e-6;
const fewestOthers = 3;
const farStars = 2;
const dayMs = 86_400_000;

const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);

function groupedBy(reviews: readonly DatedReview[], keyOf: (review: DatedReview) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [row, review] of reviews.entries()) {
    const key = keyOf(review);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Chance of `count` events or more where `mean` are usual (Poisson). */
const chanceOfAtLeast = (count: number, mean: number): number => (count === 0 ? 1 : gammaincLower(count, mean));

/**
 * Reviews with two reasons or a near duplicate:
 * `near_duplicate`: the text nearly repeats another review's;
 * `burst`: at least five reviews of the product on that day, where by its other days a Poisson count is as high once in a million days;
 * `extreme`: one or five stars, two or more from the mean of at least three reviews of the product on other days.
 */
export function suspiciousReviews(reviews: readonly DatedReview[]): readonly SuspiciousReview[] {
  const duplicateOf = nearDuplicates(reviews.map(({ text }) => text));
  const days = reviews.flatMap(({ day }) => (day === "" ? [] : [dayNumber(day)]));
  const span =
    days.length === 0 ? 1 : days.reduce((a, b) => Math.max(a, b)) - days.reduce((a, b) => Math.min(a, b)) + 1;
  const ofProduct = groupedBy(reviews, ({ productKey }) => productKey);
  const reasons = reviews.map((_, row): Reason[] => (duplicateOf[row] === null ? [] : ["near_duplicate"]));
  for (const rows of ofProduct.values()) {
    const ofDay = groupedBy(
      rows.map((row) => reviews[row]!),
      ({ day }) => day,
    );
    for (const [day, places] of ofDay) {
      const today = places.map((place) => rows[place]!);
      const others = rows.length - today.length;
      // Half a review more than there were: nothing is impossible.
      const isBurst =
        day !== "" &&
        today.length >= fewestInBurst &&
        chanceOfAtLeast(today.length, (others + 0.5) / Math.max(1, span - 1)) < burstChance;
      const isToday = new Set(today);
      const rated = rows.filter((row) => !isToday.has(row) && reviews[row]!.rating > 0);
      const mean = rated.reduce((sum, row) => sum + reviews[row]!.rating, 0) / rated.length;
      for (const row of today) {
        const { rating } = reviews[row]!;
        if (isBurst) reasons[row]!.push("burst");
        if (rated.length >= fewestOthers && (rating === 1 || rating === 5) && Math.abs(rating - mean) >= farStars)
          reasons[row]!.push("extreme");
      }
    }
  }
  return reasons.flatMap((own, row) =>
    own.length >= 2 || own.includes("near_duplicate")
      ? [{ row, reasons: own, duplicateOf: duplicateOf[row] ?? null }]
      : [],
  );
}

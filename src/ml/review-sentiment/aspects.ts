/** What a review speaks of, and how: size, quality, delivery and price, by lists of English words. */
import { feelingOf, sentimentOf, turned } from "./lexicon.ts";
import { wordsOf } from "./tokens.ts";

export const aspects = ["size", "quality", "delivery", "price"] as const;
export type Aspect = (typeof aspects)[number];

/** Words that speak of an aspect; composed for this product. */
const words: Readonly<Record<Aspect, string>> = {
  size: "size sizes sized sizing fit fits fitted fitting small smaller large larger tight loose baggy boxy petite length waist waistband sleeve sleeves shoulders hips bust snug roomy oversized runs",
  quality:
    "quality fabric material materials cotton polyester wool silk linen seam seams stitching stitched thread threads zipper button buttons flimsy sturdy durable durability faded fading pilling pilled shrunk shrink washed wash craftsmanship workmanship defect defective lining sheer thin itchy scratchy",
  delivery:
    "delivery delivered deliver shipping shipped ship ships arrived arrive arrives package packages packaging packaged parcel courier post postage shipment dispatched tracking",
  price:
    "price prices priced pricey pricing cost costs expensive inexpensive overpriced cheap cheaper affordable bargain sale discount discounted value money worth dollars",
};
/** Phrases that say of their aspect what none of their words says alone, with their strength. */
const phrases: readonly (readonly [Aspect, string, number])[] = [
  ["size", "true to size", 2],
  ["size", "runs small", -1],
  ["size", "runs large", -1],
  ["size", "runs big", -1],
  ["size", "ran small", -1],
  ["size", "ran large", -1],
  ["size", "too small", -2],
  ["size", "too large", -2],
  ["size", "too big", -2],
  ["size", "too short", -2],
  ["size", "too long", -2],
  ["quality", "well made", 2],
  ["quality", "high quality", 2],
  ["quality", "low quality", -2],
  ["delivery", "on time", 2],
  ["delivery", "never arrived", -2],
  ["price", "good value", 1],
  ["price", "too expensive", -1],
  ["price", "too much", -2],
];

const aspectOfWord: ReadonlyMap<string, Aspect> = new Map(
  aspects.flatMap((aspect) => words[aspect].split(" ").map((word) => [word, aspect] as const)),
);
const phraseWords = phrases.map(([aspect, phrase, strength]) => ({ aspect, words: phrase.split(" "), strength }));

/** A sentence, and each side of a "but": the turn often parts one aspect from another. */
const sentencesOf = (text: string): readonly string[] => text.split(/[.!?;\n]+|\b(?:but|however|although)\b/i);

/**
 * The aspects a review mentions, each with the mean sentiment, from -1 to 1, of the sentences that mention it; 0 where they
 * show no feeling. A sentence with two aspects counts for both.
 */
export function aspectsOf(text: string): ReadonlyMap<Aspect, number> {
  const found = new Map<Aspect, number[]>();
  for (const sentence of sentencesOf(text)) {
    const said = wordsOf(sentence);
    const mentioned = new Set(said.flatMap((word) => aspectOfWord.get(word) ?? []));
    let feeling = feelingOf(said);
    for (const { aspect, words: wanted, strength } of phraseWords) {
      const at = said.findIndex((_, start) => wanted.every((word, offset) => said[start + offset] === word));
      if (at < 0) continue;
      mentioned.add(aspect);
      feeling += turned(said, at, strength);
    }
    for (const aspect of mentioned) found.set(aspect, [...(found.get(aspect) ?? []), sentimentOf(feeling)]);
  }
  return new Map([...found].map(([aspect, all]) => [aspect, all.reduce((sum, one) => sum + one, 0) / all.length]));
}

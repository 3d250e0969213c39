/** Sentiment by a list of words, until there are ratings to learn from. */
import { wordsOf } from "./tokens.ts";

/** Words of shop reviews by strength, the strongest first; composed for this product. English only. */
const positive = [
  "love loved loves adore perfect perfectly excellent amazing fantastic wonderful gorgeous superb outstanding brilliant awesome best stunning thrilled delighted exceptional flawless incredible",
  "great beautiful beautifully lovely happy pleased impressed favorite favourite recommend recommended comfortable comfy flattering elegant delightful enjoy enjoyed fabulous classy cute pretty impressive reliable sturdy durable compliments compliment glad satisfied delicious charming exceeded quick quickly",
  "good nice nicely well soft fits easy easily useful versatile stylish fine smooth worth helpful friendly fast sharp solid cozy cosy warm handy neat bright clean fun super better works convenient pleasant decent",
] as const;
const negative = [
  "terrible horrible awful worst disgusting useless garbage hate hated unacceptable atrocious dreadful defective scam ripped broke broken ruined junk trash nightmare appalling",
  "disappointed disappointing disappointment poor poorly bad badly cheap cheaply flimsy unflattering ugly uncomfortable waste wasted wrong faulty unfortunately returned returning refund damaged torn tore complaint unhappy annoying annoyed regret fell useless misleading missing never overpriced failed fails stained itchy scratchy shapeless frumpy",
  "return returns sadly huge tight boxy thin stiff weird odd strange awkward baggy loose heavy difficult hard problem problems issue issues mediocre meh rough faded shrunk smell smelly late slow expensive dull bulky sheer cheaper lacking worse noisy leaks leaking",
] as const;
const strengths = [3, 2, 1] as const;

const valences: ReadonlyMap<string, number> = new Map(
  strengths.flatMap((strength, level) => [
    ...(positive[level] ?? "").split(" ").map((word) => [word, strength] as const),
    ...(negative[level] ?? "").split(" ").map((word) => [word, -strength] as const),
  ]),
);
const negations = new Set(
  "not no never neither nor without hardly barely isn't wasn't aren't weren't don't doesn't didn't can't couldn't won't wouldn't cannot nothing".split(
    " ",
  ),
);
const intensifiers = new Set(
  "very really so extremely too absolutely totally incredibly super highly truly".split(" "),
);
/** Words before a feeling within which a negation turns it. */
const reach = 3;

/**
 * Summed strength of the words of feeling, 0 without one. A negation up to three words before turns a word round and weakens it, an
 * intensifier right before strengthens it, what follows "but" counts double.
 *
 * @param words as `wordsOf` gives them
 */
export function feelingOf(words: readonly string[]): number {
  let sum = 0;
  let butFactor = 1;
  for (const [at, word] of words.entries()) {
    if (word === "but" || word === "however") butFactor = 2;
    const valence = valences.get(word);
    if (valence === undefined) continue;
    const last = words[at - 1];
    const strengthened = valence * (last !== undefined && intensifiers.has(last) ? 1.5 : 1);
    sum += butFactor * turned(words, at, strengthened);
  }
  return sum;
}

/** A strength as it counts at a place in a text: turned round and halved after a negation in the same phrase. */
export function turned(words: readonly string[], at: number, strength: number): number {
  const before = words.slice(Math.max(0, at - reach), at);
  const phrase = before.slice(before.lastIndexOf(".") + 1);
  return phrase.some((one) => negations.has(one)) ? -0.5 * strength : strength;
}

/** A summed strength within -1 and 1: four points are a clear opinion, 4 / sqrt(16 + 16) = 0.71. */
export const sentimentOf = (feeling: number): number => feeling / Math.sqrt(feeling * feeling + 16);

/** From -1 (bad) to 1 (good), 0 without a word of feeling. */
export const lexiconSentiment = (text: string): number => sentimentOf(feelingOf(wordsOf(text)));

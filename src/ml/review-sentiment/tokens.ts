/** Ends a phrase: no pair of words spans it. */
const phraseEnd = ".";

/**
 * The words of a text in lower case, apostrophes kept (`don't`), with `.` where a phrase ends. `!` and `?` are words: they
 * carry feeling.
 */
export function wordsOf(text: string): readonly string[] {
  const found = text
    .toLowerCase()
    .replaceAll("\u2019", "'")
    .match(/[\p{L}\p{N}]+(?:'[\p{L}]+)?|[.,;:()\n]|[!?]/gu);
  return (found ?? []).map((one) => (/^[.,;:()\n]$/.test(one) ? phraseEnd : one));
}

/** The single words and pairs of neighbouring words of a text, repeated as often as they occur. */
export function termsOf(text: string): readonly string[] {
  const words = wordsOf(text);
  const terms: string[] = [];
  for (const [at, word] of words.entries()) {
    if (word === phraseEnd) continue;
    terms.push(word);
    const next = words[at + 1];
    if (next !== undefined && next !== phraseEnd) terms.push(`${word} ${next}`);
  }
  return terms;
}

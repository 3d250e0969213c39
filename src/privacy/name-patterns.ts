/** How a text is found to be about a person. */
import type { Person } from "./person.ts";

/** Patterns in the syntax of RE2, and of JavaScript with the flags `iu`; each is null where nothing of the person can be looked for. */
export interface NamePatterns {
  /** Finds an address, a name of more than one word, an id that nothing else is called, or any id beside the word `customer_id`. */
  readonly anywhere: string | null;
  /** The same for refused rows, whose fields have no names: numbers of four digits and more are ids there. */
  readonly inRejects: string | null;
  /** Each with two groups: what stands before and after the words that go. */
  readonly replaced: readonly string[];
}

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const isNumber = (id: string): boolean => /^\d+$/.test(id);
/** Shorter numbers are years, amounts and limits of somebody else. */
const leastDigits = 9;
const least = 4;

const before = "(^|[^\\p{L}\\p{N}])";
const after = "([^\\p{L}\\p{N}]|$)";

/** The longest first, so that none leaves a part of another behind. */
const anyOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|");

const wordPatterns = (words: readonly string[]): readonly string[] =>
  words.length === 0 ? [] : [`${before}(?:${anyOf(words)})${after}`];

/** First names alone, and ids such as 12, are in too many texts that are about somebody else. */
export function namePatterns({ ids, emails, names }: Person): NamePatterns {
  const isWord = (id: string): boolean => id.length >= (isNumber(id) ? leastDigits : least);
  const words = [...emails, ...names.filter((name) => /\S\s+\S/.test(name)), ...ids.filter(isWord)];
  const beside = ids.filter((id) => !isWord(id));
  const replaced = [
    ...wordPatterns(words),
    ...(beside.length === 0 ? [] : [`(customer_id\\W{1,6})(?:${anyOf(beside)})${after}`]),
  ];
  const inRejects = wordPatterns([...words, ...beside.filter((id) => id.length >= least)]);
  const join = (patterns: readonly string[]): string | null => (patterns.length === 0 ? null : patterns.join("|"));
  return { anywhere: join(replaced), inRejects: join(inRejects), replaced };
}

/**
 * Which patterns a plan may hold. They are tried on what anybody sends, for every event, so one that takes long for some text
 * would stop the server: without repeated groups, and with few repetitions, the longest search grows with a small power of the text.
 */

/** A longer text is not searched, and does not match. */
export const longestSearched = 256;
const mostRepetitions = 2;

/** Why a pattern cannot be taken; null when it can. */
export function patternProblem(pattern: string): string | null {
  try {
    new RegExp(pattern, "u");
  } catch {
    return "is no regular expression";
  }
  const plain = pattern
    .replace(/\\[1-9]|\\k</g, "\u0001")
    .replace(/\\./gu, "_")
    .replace(/\[[^\]]*\]/g, "_");
  if (plain.includes("\u0001")) return "refers back to a group, which may take too long to search for";
  if (/\(\?[=!<]/.test(plain)) return "looks ahead or behind, which may take too long to search for";
  if (/\)[*+{]/.test(plain)) return "repeats a group, which may take too long to search for";
  const repetitions = plain.match(/[*+]|\{\d*,\d*\}/g) ?? [];
  if (repetitions.length > mostRepetitions)
    return `repeats something ${repetitions.length} times; ${mostRepetitions} are the most`;
  return null;
}

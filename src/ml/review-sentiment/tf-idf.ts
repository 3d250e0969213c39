/** Texts as rows of weighted terms. */
import { termsOf } from "./tokens.ts";

/** Rows of term numbers and their counts, one row a text, laid end to end. */
export interface TermCounts {
  /** Every term of any text, by number. */
  readonly terms: readonly string[];
  /** Row r is at [starts[r], starts[r + 1]). */
  readonly starts: Uint32Array;
  readonly term: Uint32Array;
  readonly count: Float64Array;
}

/** Sparse rows of features. */
export interface SparseRows {
  readonly starts: Uint32Array;
  readonly column: Uint32Array;
  readonly value: Float64Array;
}

/** Terms that count, and how much each tells. */
export interface Vocabulary {
  readonly terms: readonly string[];
  /** ln((1 + texts) / (1 + texts with the term)) + 1. */
  readonly idf: Float64Array;
}

/** Counts the terms of texts. */
export function countTerms(texts: readonly string[]): TermCounts {
  const numbers = new Map<string, number>();
  const starts = new Uint32Array(texts.length + 1);
  const term: number[] = [];
  const count: number[] = [];
  for (const [row, text] of texts.entries()) {
    const own = new Map<number, number>();
    for (const one of termsOf(text)) {
      let number = numbers.get(one);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(one, number);
      }
      own.set(number, (own.get(number) ?? 0) + 1);
    }
    for (const [number, times] of own) {
      term.push(number);
      count.push(times);
    }
    starts[row + 1] = term.length;
  }
  return { terms: [...numbers.keys()], starts, term: Uint32Array.from(term), count: Float64Array.from(count) };
}

/** The terms that at least `leastTexts` of the rows hold. */
export function vocabularyOf(counts: TermCounts, rows: readonly number[], leastTexts: number): Vocabulary {
  const texts = new Uint32Array(counts.terms.length);
  for (const row of rows) {
    for (let at = counts.starts[row]!; at < counts.starts[row + 1]!; at += 1) texts[counts.term[at]!]! += 1;
  }
  const kept = [...texts.keys()].filter((number) => texts[number]! >= leastTexts);
  return {
    terms: kept.map((number) => counts.terms[number] ?? ""),
    idf: Float64Array.from(kept, (number) => Math.log((1 + rows.length) / (1 + texts[number]!)) + 1),
  };
}

/**
 * Rows of 1 + ln(count) times idf, scaled to length 1; terms outside the vocabulary are passed over.
 *
 * @see Manning, Raghavan and Schuetze (2008), Introduction to Information Retrieval, section 6.4
 */
export function weigh(counts: TermCounts, rows: readonly number[], { terms, idf }: Vocabulary): SparseRows {
  const columns = new Map(terms.map((one, column) => [one, column]));
  const columnOf = Int32Array.from(counts.terms, (one) => columns.get(one) ?? -1);
  const starts = new Uint32Array(rows.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  for (const [position, row] of rows.entries()) {
    const first = value.length;
    let squares = 0;
    for (let at = counts.starts[row]!; at < counts.starts[row + 1]!; at += 1) {
      const own = columnOf[counts.term[at]!]!;
      if (own < 0) continue;
      const weight = (1 + Math.log(counts.count[at]!)) * idf[own]!;
      column.push(own);
      value.push(weight);
      squares += weight * weight;
    }
    for (let at = first; at < value.length; at += 1) value[at] = value[at]! / Math.sqrt(squares);
    starts[position + 1] = value.length;
  }
  return { starts, column: Uint32Array.from(column), value: Float64Array.from(value) };
}

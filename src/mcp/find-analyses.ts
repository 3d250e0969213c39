/** The catalogue as an assistant looks through it. */
import type { Analysis } from "../analyses/define.ts";
import { catalogue } from "../analyses/index.ts";
import { type OwnHome, readOwnAnalyses } from "../analyses/own-files/index.ts";

export interface FoundAnalysis {
  readonly name: string;
  readonly question: string;
  readonly grain: string;
}

const textOf = ({ name, title, question, columns, metrics }: Analysis): string =>
  [name, title, question, ...Object.keys(columns), ...Object.values(columns).map(({ meaning }) => meaning), ...metrics]
    .join(" ")
    .toLowerCase();

/** Built-in and own analyses whose text holds every word; all for no word. */
export function findAnalyses(home: OwnHome, words: string): readonly FoundAnalysis[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return [...catalogue, ...readOwnAnalyses(home).analyses]
    .filter((analysis) => wanted.every((word) => textOf(analysis).includes(word)))
    .map(({ name, question, grain }) => ({ name, question, grain }));
}

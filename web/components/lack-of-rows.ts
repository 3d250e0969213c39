import type { AnalysisAnswer } from "../api.ts";

/** What an answer says of rows that it lacks because nodes of the warehouse do not answer; null where it is whole. */
export const lackOfRows = (answer: AnalysisAnswer | undefined): string | null =>
  answer?.meta.notices?.find(({ kind }) => kind === "unreachable")?.message ?? null;

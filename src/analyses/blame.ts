/** Whose mistake it is: SQL and declaration of an own analysis are its author's, those of a built-in one are ours. */
import { CartwrightError, type ErrorCode } from "../errors.ts";
import type { Analysis } from "./define.ts";

const mistakes: readonly ErrorCode[] = ["query_invalid", "query_refused"];

/** What an answer says that the declaration does not allow. */
export function unexpected({ name, own }: Analysis, message: string): CartwrightError {
  return own
    ? new CartwrightError("own_analysis_invalid", `${own.file}.json: ${message}`, { file: `${own.file}.json` })
    : new CartwrightError("unexpected_value", `${name}: ${message}`);
}

/** Runs a statement of an analysis; what is wrong with the statement of an own one is told with its file. */
export async function blaming<T>({ own }: Analysis, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!own || !(error instanceof CartwrightError) || !mistakes.includes(error.code)) throw error;
    const file = `${own.file}.sql`;
    throw new CartwrightError("own_analysis_invalid", `${file}: ${error.message}`, { file }, error);
  }
}

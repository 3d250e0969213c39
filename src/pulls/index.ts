/** Taking new rows from databases and APIs, each run from where the last one ended. */
export { type PullOptions, type PullOutcome, pullSource } from "./pull.ts";

/** The table of every error a person can meet; `errors.ts` says what becomes of one. */

import { accessErrors } from "./access.ts";
import { collectingErrors } from "./collecting.ts";
import { importingErrors } from "./importing.ts";
import { privacyErrors } from "./privacy.ts";
import { workspaceErrors } from "./workspaces.ts";

interface ErrorKind {
  /** HTTP status of the problem document. */
  readonly status: number;
  /** Exit code of the command line: 2 wrong use, 3 bad data, 4 the environment, 1 a fault. */
  readonly exitCode: number;
  readonly title: string;
  /** What to do about it; `{name}` is replaced by the detail of that name. */
  readonly remedy: string;
}

const define = <const T extends Readonly<Record<string, ErrorKind>>>(kinds: T): T => kinds;

export const errorKinds = define({
  unknown_analysis: {
    status: 404,
    exitCode: 2,
    title: "There is no such analysis",
    remedy: "List the analyses with `cartwright query --list`.",
  },
  own_analysis_invalid: {
    status: 422,
    exitCode: 2,
    title: "An analysis of your own is not right",
    remedy: "Correct {file} in the workspace; `cartwright analyses check` looks at all of them.",
  },
  unknown_parameter: {
    status: 400,
    exitCode: 2,
    title: "There is no such parameter",
    remedy: "Known parameters: {known}.",
  },
  invalid_parameter: {
    status: 400,
    exitCode: 2,
    title: "A parameter has a value it cannot take",
    remedy: "Correct the value and run again.",
  },
  missing_parameter: {
    status: 400,
    exitCode: 2,
    title: "A required parameter is missing",
    remedy: "Give it as `{name}`.",
  },
  invalid_usage: {
    status: 400,
    exitCode: 2,
    title: "The command was not understood",
    remedy: "Run `cartwright help` for the commands and their options.",
  },
  invalid_config: {
    status: 500,
    exitCode: 2,
    title: "The configuration is not valid",
    remedy: "Correct the line named above in cartwright.json.",
  },
  ...workspaceErrors,
  ...privacyErrors,
  engine_missing: {
    status: 500,
    exitCode: 4,
    title: "The engine's library is not installed",
    remedy: "Run `npm install {package}` in the project's folder.",
  },
  engine_failed: {
    status: 503,
    exitCode: 4,
    title: "The engine did not start",
    remedy: "Run `cartwright doctor`; the engine's last words are above.",
  },
  engine_stopped: {
    status: 503,
    exitCode: 4,
    title: "The engine stopped while the query ran",
    remedy: "Run it again: the engine has been restarted and no acknowledged data is lost.",
  },
  warehouse_unreachable: {
    status: 503,
    exitCode: 4,
    title: "The ClickHouse server does not answer",
    remedy: "Check `warehouse.url` or `warehouse.nodes` in cartwright.json, and that every server named there runs.",
  },
  disk_full: {
    status: 507,
    exitCode: 4,
    title: "The disk is full",
    remedy: "Free space on the disk that holds {path}, then run again; what was acknowledged is kept.",
  },
  memory_exceeded: {
    status: 503,
    exitCode: 4,
    title: "The query needs more memory than it may use",
    remedy: "Shorten the period or narrow the filters, or raise `engine.max_memory_bytes` in cartwright.json.",
  },
  query_timeout: {
    status: 503,
    exitCode: 4,
    title: "The query took longer than it may",
    remedy: "Shorten the period or narrow the filters.",
  },
  query_refused: {
    status: 403,
    exitCode: 2,
    title: "The statement is not allowed here",
    remedy: "Only reading the warehouse's own tables is allowed: write a single select.",
  },
  query_invalid: {
    status: 400,
    exitCode: 2,
    title: "The statement could not be run",
    remedy: 'Correct the statement; `cartwright sql "show tables"` lists the tables.',
  },
  unexpected_value: {
    status: 500,
    exitCode: 1,
    title: "The warehouse returned a value its column does not allow",
    remedy: "Run `cartwright verify`; if it passes, report this with the analysis and value above.",
  },
  file_missing: {
    status: 400,
    exitCode: 3,
    title: "No file was found",
    remedy: "Check the path; a glob must match at least one file.",
  },
  file_unwritable: {
    status: 500,
    exitCode: 4,
    title: "The file could not be written",
    remedy: "Check that its folder exists and may be written to.",
  },
  file_unreadable: {
    status: 400,
    exitCode: 3,
    title: "The file could not be read",
    remedy: "Check that the file is complete and of the format its name says.",
  },
  column_missing: {
    status: 400,
    exitCode: 3,
    title: "The file has no such column",
    remedy: "Name one of its columns: {columns}.",
  },
  too_many_item_sets: {
    status: 422,
    exitCode: 3,
    title: "Too many item sets are frequent",
    remedy: "Raise min_count or min_support_rate, or lower max_antecedent.",
  },
  column_value: {
    status: 400,
    exitCode: 3,
    title: "A column holds a value it cannot take",
    remedy: "Correct the value in the file, or name another column.",
  },
  too_little_data: {
    status: 422,
    exitCode: 3,
    title: "There is too little data to learn from",
    remedy: "Give more rows, or rows that differ in what is to be learnt.",
  },
  model_not_trained: {
    status: 404,
    exitCode: 3,
    title: "The model is not trained for this",
    remedy: "Run `{command}`.",
  },
  model_features_differ: {
    status: 409,
    exitCode: 3,
    title: "The kept model was trained on other features",
    remedy: "Run `{command}`.",
  },
  model_invalid: {
    status: 422,
    exitCode: 3,
    title: "The model file cannot be used",
    remedy: "Fit it again with this version, or name another file.",
  },
  variant_missing: {
    status: 400,
    exitCode: 3,
    title: "The experiment has no such variant",
    remedy: "Name one of the values there are: {found}.",
  },
  experiment_unknown: {
    status: 404,
    exitCode: 2,
    title: "There is no such experiment",
    remedy: "List the experiments with `cartwright query experiments`.",
  },
  experiment_state: {
    status: 409,
    exitCode: 2,
    title: "The experiment is not in a state for that",
    remedy: "Look at its journal; an experiment goes from draft to running, stopped and decided.",
  },
  kept_missing: {
    status: 404,
    exitCode: 2,
    title: "There is nothing kept under this id",
    remedy: "Look at the list: the {what} may have been deleted.",
  },
  training_busy: {
    status: 409,
    exitCode: 4,
    title: "Another model is being trained",
    remedy: "Wait until {model} is trained, or cancel it.",
  },
  training_unknown: {
    status: 404,
    exitCode: 2,
    title: "There is no such training",
    remedy: "List the trainings; those from before the server started are in model-runs.",
  },
  kept_invalid: {
    status: 400,
    exitCode: 2,
    title: "That cannot be kept as it is",
    remedy: "Correct {name}.",
  },
  share_ended: {
    status: 401,
    exitCode: 4,
    title: "This shared link has ended",
    remedy: "Ask whoever sent it for a new one.",
  },
  share_refused: {
    status: 403,
    exitCode: 4,
    title: "That is not part of this shared link",
    remedy: "Ask whoever sent the link to share it.",
  },
  segment_unknown: {
    status: 404,
    exitCode: 2,
    title: "There is no such segment",
    remedy: "List the segments with `cartwright segment list`.",
  },
  segment_invalid: {
    status: 400,
    exitCode: 2,
    title: "The segment is not defined correctly",
    remedy: "Correct the place named above; docs/manual/segments.md shows every kind of condition.",
  },
  unit_repeated: {
    status: 400,
    exitCode: 3,
    title: "A unit has several rows in one variant",
    remedy: "Give one row per unit, or keep the first of each with `--dedupe first`.",
  },
  file_type_unknown: {
    status: 415,
    exitCode: 3,
    title: "The file is of no type that can be imported",
    remedy: "Give a CSV, TSV, JSON Lines, Parquet or Excel (xlsx) file; plain, gzip or zstd.",
  },
  format_unknown: {
    status: 400,
    exitCode: 3,
    title: "The file's columns were not recognised",
    remedy: "Name a preset with `--preset`, or describe the columns with `--map FILE`. Presets: {presets}.",
  },
  mapping_invalid: {
    status: 400,
    exitCode: 3,
    title: "The mapping does not fit",
    remedy: "Correct the mapping; `cartwright import --dry-run` shows what it does.",
  },
  batch_unknown: {
    status: 404,
    exitCode: 2,
    title: "There is no such batch",
    remedy: "List the batches with `cartwright query pipeline-runs`.",
  },
  verify_failed: {
    status: 500,
    exitCode: 3,
    title: "The warehouse does not agree with its facts",
    remedy: "Rebuild with `cartwright build --full`, and report the difference above.",
  },
  store_unreachable: {
    status: 503,
    exitCode: 4,
    title: "The store's database does not answer",
    remedy: "Check DATABASE_URL and that the server runs; without it the embedded database is used.",
  },
  store_newer: {
    status: 500,
    exitCode: 4,
    title: "The store was made by another version",
    remedy: "Use the version that made it, or a newer one.",
  },
  store_invalid: {
    status: 400,
    exitCode: 2,
    title: "The store cannot take this value",
    remedy: "Correct the value: {hint}.",
  },
  store_missing: {
    status: 404,
    exitCode: 2,
    title: "The store has no such thing",
    remedy: "Check the id: {hint}.",
  },
  store_conflict: {
    status: 409,
    exitCode: 2,
    title: "The store is not in a state for this",
    remedy: "Look again and retry: {hint}.",
  },
  store_refused: {
    status: 422,
    exitCode: 2,
    title: "The store refused the request",
    remedy: "Change the request: {hint}.",
  },
  shopper_not_signed_in: {
    status: 401,
    exitCode: 4,
    title: "No shopper is signed in",
    remedy: "Sign in with `POST /api/v1/store/sign-in`.",
  },
  sign_in_refused: {
    status: 401,
    exitCode: 4,
    title: "The sign-in was refused",
    remedy: "Check address and password, or ask for a new password.",
  },
  ...accessErrors,
  not_found: {
    status: 404,
    exitCode: 2,
    title: "There is nothing at this address",
    remedy: "See /docs for the addresses there are.",
  },
  too_many_requests: {
    status: 429,
    exitCode: 4,
    title: "Too many requests",
    remedy: "Wait for the time in the Retry-After header.",
  },
  ...collectingErrors,
  ...importingErrors,
  cancelled: {
    status: 499,
    exitCode: 130,
    title: "Cancelled",
    remedy: "Run it again; it goes on from the last finished file.",
  },
  internal: {
    status: 500,
    exitCode: 1,
    title: "Something failed inside Cartwright",
    remedy: "Report this with the id and the log in the workspace's logs folder.",
  },
});

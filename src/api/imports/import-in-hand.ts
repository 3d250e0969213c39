/** The import a person has in hand: where it is, and everything known of its file. */
import type { CartwrightError } from "../../errors.ts";
import type { Batch } from "../../ingestion/batches.ts";
import type { Correction } from "../../ingestion/corrections.ts";
import type { FileDescription } from "../../ingestion/describe-import.ts";
import { type Mapping, mappingOf } from "../../ingestion/mapping.ts";
import type { OpenedFile } from "../../ingestion/open-file.ts";
import type { Table } from "../../ingestion/recognise.ts";
import type { Reject } from "../../ingestion/rows.ts";
import { suggestMapping } from "../../ingestion/suggest-mapping.ts";

/** `unclear`: its columns fit nothing yet; `ready`: looked at, and not loaded. */
export type ImportStep = "uploading" | "checking" | "unclear" | "ready" | "loading" | "done";

/** How the file is to be understood where that is not left to recognition, and what it takes the place of. */
export interface ImportForm {
  readonly preset?: string;
  readonly mapping?: Mapping;
  readonly replace?: number;
}

export interface Progress {
  /** `waiting` for other work on the workspace, then `loading`, then `building` what follows from the rows. */
  readonly stage: "waiting" | "checking" | "loading" | "building";
  readonly read_rows: number;
  readonly read_bytes: number;
  readonly total_bytes: number;
}

export interface Corrected {
  readonly correction: Correction;
  /** Why the row is refused still; null when it would load. */
  readonly refused: Reject | null;
}

export interface ImportInHand {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly controller: AbortController;
  step: ImportStep;
  path: string;
  fileBytes: number;
  form: ImportForm;
  table: Table | null;
  file: OpenedFile | null;
  description: FileDescription | null;
  /** Rows known already or repeated; null when there are too many to look up. */
  duplicateRows: number | null;
  /** The batch of the very same file; null when there is none. */
  twinKey: number | null;
  /** Batches that count of files of the same name. */
  namesakes: readonly Batch[];
  readonly corrected: Map<number, Corrected>;
  progress: Progress | null;
  problem: CartwrightError | null;
  batch: Batch | null;
}

const shownSamples = 5;
const longestShown = 2000;

/** What an import is, as routes answer it. */
export function viewOf(one: ImportInHand) {
  const { id, owner, name, step, fileBytes, form, progress, problem, batch, table, namesakes } = one;
  return {
    id,
    owner,
    name,
    step,
    file_bytes: fileBytes,
    progress,
    problem: problem && {
      code: problem.code,
      title: problem.title,
      detail: wordsFor(one, problem.message),
      remedy: problem.remedy,
    },
    preset: form.preset ?? null,
    replace: form.replace ?? null,
    mapping: form.mapping ?? (one.file ? mappingOf(one.file.mapping) : table ? suggestMapping(table.header) : null),
    columns: table?.header ?? [],
    samples: table?.samples.slice(0, shownSamples) ?? [],
    namesakes: namesakes.map(({ batch_key, loaded_rows, finished_at }) => ({ batch_key, loaded_rows, finished_at })),
    preview: one.description ? previewOf(one, one.description) : null,
    batch: batch && {
      batch_key: batch.batch_key,
      state: batch.state,
      kind: batch.kind,
      read_rows: batch.read_rows,
      loaded_rows: batch.loaded_rows,
      duplicate_rows: batch.duplicate_rows,
      rejected_rows: batch.rejected_rows,
      first_on: batch.first_on,
      last_on: batch.last_on,
      message: batch.message,
    },
  };
}

/** Messages name the file, not where the server keeps it. */
const wordsFor = ({ path, name }: ImportInHand, message: string): string =>
  path === "" ? message : message.replaceAll(path, name);

function previewOf(one: ImportInHand, description: FileDescription) {
  const { path: _path, first_rejects, loadable_rows, rejected_rows, ...rest } = description;
  const corrected = [...one.corrected.values()].filter(({ refused }) => refused === null).length;
  const isTwin = one.twinKey !== null && corrected === 0;
  const duplicates = isTwin ? description.read_rows - rejected_rows : one.duplicateRows;
  return {
    ...rest,
    same_as: isTwin ? one.twinKey : null,
    rejected_rows: rejected_rows - corrected,
    corrected_rows: corrected,
    duplicate_rows: duplicates,
    new_rows: loadable_rows + corrected - (duplicates ?? 0),
    rejects: first_rejects.map((refused) => {
      const { correction, refused: still } = one.corrected.get(refused.source_row) ?? {};
      const { raw, ...shown } = still ?? refused;
      return {
        ...shown,
        // A long row is not sent: it is corrected in the file.
        raw: raw.length > longestShown ? null : raw,
        correction: correction ?? null,
        is_corrected: correction !== undefined && still === null,
      };
    }),
  };
}

/**
 * Importing a file step by step: received, looked at without loading, corrected, loaded, undone. One import at a time is in
 * hand; it goes on while its page is closed, and is gone with the server.
 */
import { randomBytes } from "node:crypto";
import { relative } from "node:path";
import type { Readable } from "node:stream";
import { CartwrightError, toCartwrightError } from "../../errors.ts";
import { type Batch, liveNamed } from "../../ingestion/batches.ts";
import { type Correction, correctedRow } from "../../ingestion/corrections.ts";
import { describeFile } from "../../ingestion/describe-import.ts";
import { type ImportContext, type ImportOptions, importFiles, twinOf, undoImport } from "../../ingestion/import.ts";
import { RowIds } from "../../ingestion/known-rows.ts";
import { openFile } from "../../ingestion/open-file.ts";
import { rewriteRow } from "../../ingestion/rows.ts";
import type { Workspace } from "../../workspace.ts";
import type { ImportForm, ImportInHand } from "./import-in-hand.ts";
import { plainName, Uploads } from "./uploads.ts";

const mostRejects = 200;
/** Refusals that another mapping may lift; any other means that the file is not taken. */
const unclearCodes: readonly string[] = ["format_unknown", "mapping_invalid"];

export class ImportDesk {
  readonly #workspace: Workspace;
  readonly #uploads: Uploads;
  #inHand: ImportInHand | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#uploads = new Uploads(workspace.folders.uploads, workspace.config.imports.max_file_bytes);
    const holder = workspace.owner();
    // Beside a server that holds the engine the files may be that one's.
    if (holder === null || holder.ownerPid === process.pid) this.#uploads.clear();
  }

  get current(): ImportInHand | null {
    return this.#inHand;
  }

  mostBytes(): Promise<number> {
    return this.#uploads.mostBytes();
  }

  get #context(): ImportContext {
    const { warehouse, config, clock } = this.#workspace;
    return { warehouse, config, clock };
  }

  /**
   * Receives a file and begins to look at it.
   *
   * @throws import_busy while another import is in hand; file_name_refused, file_too_large, disk_full; file_type_unknown and
   * file_unreadable when it is none that can be imported
   */
  async receive(body: Readable, given: string, declared: number | null, owner: string): Promise<ImportInHand> {
    const name = plainName(given);
    this.#requireFree();
    const one: ImportInHand = {
      id: randomBytes(6).toString("hex"),
      owner,
      name,
      controller: new AbortController(),
      step: "uploading",
      path: "",
      fileBytes: declared ?? 0,
      form: {},
      table: null,
      file: null,
      description: null,
      duplicateRows: null,
      twinKey: null,
      namesakes: [],
      corrected: new Map(),
      progress: null,
      problem: null,
      batch: null,
    };
    this.#inHand = one;
    try {
      const onBytes = (bytes: number): void => {
        one.progress = { stage: "loading", read_rows: 0, read_bytes: bytes, total_bytes: declared ?? bytes };
      };
      const { path, bytes } = await this.#uploads.receive(body, { name, declared, onBytes });
      one.path = path;
      one.fileBytes = bytes;
      await this.#open(one, true);
    } catch (error) {
      this.#letGo(one);
      const { code, message, details } = toCartwrightError(error);
      throw new CartwrightError(code, one.path === "" ? message : message.replaceAll(one.path, name), details, error);
    }
    return one;
  }

  /** @throws import_busy */
  #requireFree(): void {
    const before = this.#inHand;
    if (before === null) return;
    if (before.step === "done") this.#letGo(before);
    else
      throw new CartwrightError("import_busy", `${before.owner} is importing ${before.name}`, { owner: before.owner });
  }

  /** The import of this id when it is the person's. @throws import_missing, import_busy */
  #mine(id: string, person: string): ImportInHand {
    const one = this.#inHand;
    if (one?.id !== id) throw new CartwrightError("import_missing", `there is no import ${id} in hand`);
    if (one.owner !== person)
      throw new CartwrightError("import_busy", `${one.owner} is importing ${one.name}`, { owner: one.owner });
    return one;
  }

  /** Reads how the file is made; its rows are looked at afterwards, by themselves. */
  async #open(one: ImportInHand, isFirst: boolean): Promise<void> {
    one.step = "checking";
    one.problem = null;
    one.file = null;
    one.description = null;
    one.corrected.clear();
    one.progress = { stage: "checking", read_rows: 0, read_bytes: 0, total_bytes: one.fileBytes };
    try {
      one.file = await openFile(one.path, {
        ...optionsOf(one.form),
        onTable: (table) => {
          one.table = table;
        },
      });
    } catch (error) {
      const known = toCartwrightError(error);
      if (isFirst && !unclearCodes.includes(known.code)) throw known;
      this.#rest(one, "unclear", known);
      return;
    }
    this.#begin(one, () => this.#check(one));
  }

  #rest(one: ImportInHand, step: "unclear" | "ready", problem: CartwrightError | null): void {
    one.step = step;
    one.progress = null;
    one.problem = problem;
  }

  /** Work that goes on after the answer; a failure is the import's problem, seen by whoever looks at it. */
  #begin(one: ImportInHand, work: () => Promise<void>): void {
    this.#work = work().catch((error: unknown) =>
      this.#rest(one, one.description ? "ready" : "unclear", toCartwrightError(error)),
    );
  }

  async #check(one: ImportInHand): Promise<void> {
    const { file } = one;
    if (!file) return;
    const { warehouse } = this.#workspace;
    const ids = new RowIds(file.mapping);
    const description = await describeFile(file, {
      mostRejects,
      signal: one.controller.signal,
      onLoadable: (rewritten) => ids.add(rewritten),
      onProgress: ({ readRows, readBytes, totalBytes }) => {
        one.progress = { stage: "checking", read_rows: readRows, read_bytes: readBytes, total_bytes: totalBytes };
      },
    });
    one.twinKey = (await twinOf(warehouse, one.path, file.mapping.kind.name))?.batch_key ?? null;
    one.namesakes = await liveNamed(warehouse, one.name);
    one.duplicateRows = await ids.countDuplicates(warehouse, one.form.replace ?? 0);
    one.description = description;
    this.#rest(one, "ready", null);
  }

  /** Looks at the file again under another form. @throws import_state while it is received, looked at or loaded */
  async reshape(id: string, person: string, form: ImportForm): Promise<ImportInHand> {
    const one = this.#mine(id, person);
    requireStep(one, "unclear", "ready");
    one.form = form;
    await this.#open(one, false);
    return one;
  }

  /** Corrects a refused row, or takes the correction back. @throws mapping_invalid when it cannot be applied */
  correct(id: string, person: string, sourceRow: number, correction: Correction | null): ImportInHand {
    const one = this.#mine(id, person);
    requireStep(one, "ready");
    const refused = one.description?.first_rejects.find((reject) => reject.source_row === sourceRow);
    if (!one.file || !refused)
      throw new CartwrightError("invalid_parameter", `row ${sourceRow} is none of the refused rows`, {
        name: "source_row",
      });
    if (correction === null) {
      one.corrected.delete(sourceRow);
      return one;
    }
    const row = correctedRow(one.file, refused, correction);
    const outcome = rewriteRow(one.file.mapping, row, one.file.style);
    one.corrected.set(sourceRow, { correction, refused: typeof outcome === "string" ? null : outcome });
    return one;
  }

  /** Begins to load. @throws import_state */
  load(id: string, person: string): ImportInHand {
    const one = this.#mine(id, person);
    requireStep(one, "ready");
    one.step = "loading";
    one.problem = null;
    one.progress = { stage: "waiting", read_rows: 0, read_bytes: 0, total_bytes: one.fileBytes };
    this.#begin(one, () => this.#load(one));
    return one;
  }

  async #load(one: ImportInHand): Promise<void> {
    const { folders } = this.#workspace;
    const cancelling = new AbortController();
    const stop = (): void => cancelling.abort();
    one.controller.signal.addEventListener("abort", stop, { once: true });
    this.#cancelLoad = stop;
    const options: ImportOptions = {
      ...optionsOf(one.form),
      source: relative(folders.root, one.path),
      corrections: new Map([...one.corrected].map(([row, { correction }]) => [row, correction])),
      ...(one.form.replace === undefined ? {} : { replace: String(one.form.replace) }),
      signal: cancelling.signal,
      onProgress: ({ step, readRows, readBytes, totalBytes }) => {
        one.progress =
          step === "building"
            ? { ...(one.progress ?? emptyProgress), stage: "building" }
            : { stage: "loading", read_rows: readRows, read_bytes: readBytes, total_bytes: totalBytes };
      },
    };
    const [batch] = await this.#workspace.exclusively(() => importFiles(this.#context, [one.path], options));
    one.batch = batch ?? null;
    one.step = "done";
    one.progress = null;
    one.file = null;
    this.#uploads.remove(one.path);
  }

  #cancelLoad: () => void = () => {};

  /** Stops a load; what it brought is taken back before the import is ready again. @throws import_state */
  cancel(id: string, person: string): ImportInHand {
    const one = this.#mine(id, person);
    requireStep(one, "loading");
    this.#cancelLoad();
    return one;
  }

  /** Gives the import up, or closes its result; the file goes. Whoever may import may do it. @throws import_state while it loads */
  async discard(id: string): Promise<void> {
    const one = this.#inHand;
    if (one?.id !== id) throw new CartwrightError("import_missing", `there is no import ${id} in hand`);
    requireStep(one, "checking", "unclear", "ready", "done");
    one.controller.abort();
    await this.#work;
    this.#letGo(one);
  }

  #letGo(one: ImportInHand): void {
    if (one.path !== "") this.#uploads.remove(one.path);
    if (this.#inHand === one) this.#inHand = null;
  }

  /** Takes a batch back and builds. @throws batch_unknown when it does not count */
  async undo(batchKey: number): Promise<Batch> {
    const undone = await this.#workspace.exclusively(() => undoImport(this.#context, batchKey));
    if (this.#inHand?.batch?.batch_key === batchKey) this.#inHand.batch = undone;
    return undone;
  }

  /** Stops what goes on and removes the file. */
  async close(): Promise<void> {
    this.#inHand?.controller.abort();
    await this.#work;
    if (this.#inHand) this.#letGo(this.#inHand);
  }
}

const emptyProgress = { stage: "loading", read_rows: 0, read_bytes: 0, total_bytes: 0 } as const;

const optionsOf = ({ preset, mapping }: ImportForm): ImportOptions => ({
  ...(preset === undefined ? {} : { preset }),
  ...(mapping === undefined ? {} : { mapping }),
});

function requireStep(one: ImportInHand, ...steps: readonly ImportInHand["step"][]): void {
  if (steps.includes(one.step)) return;
  throw new CartwrightError("import_state", `the import of ${one.name} is ${one.step}`);
}

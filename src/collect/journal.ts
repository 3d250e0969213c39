/**
 * An append-only journal on disk. What is appended while a flush is under way goes to the disk with the next one, all of it
 * with one flush: the more arrives, the more shares one. A file is sealed before it is loaded into the warehouse, and
 * removed afterwards; the names of files never come again.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open, rename, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { packGroup } from "./groups.ts";

interface OpenFile {
  readonly name: string;
  readonly handle: FileHandle;
  /** Bytes known to be on disk. */
  durable: number;
  rowCount: number;
}

interface Waiting {
  readonly rows: string[];
  readonly rejects: string[];
  bytes: number;
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function emptyGroup(): Waiting {
  let resolve = (): void => {};
  let reject = (_error: unknown): void => {};
  const done = new Promise<void>((onDone, onError) => {
    resolve = onDone;
    reject = onError;
  });
  done.catch(() => {});
  return { rows: [], rejects: [], bytes: 0, done, resolve, reject };
}

const sealedName = /^\d{13}-[0-9a-f]{12}\.rows$/;

export class Journal {
  readonly #folder: string;
  readonly #clock: Clock;
  #file: OpenFile | null = null;
  #waiting: Waiting = emptyGroup();
  #flushing: Waiting | null = null;
  #chain: Promise<void> = Promise.resolve();
  /** Files that are written to no more and not sealed yet. */
  readonly #left: OpenFile[] = [];
  /** Sealed files and their sizes. */
  readonly #sizes = new Map<string, number>();

  /** Files an earlier process left open are sealed: whatever whole groups they hold is kept. */
  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder).filter((one) => one.endsWith(".open")))
      renameSync(join(folder, name), join(folder, name.replace(/open$/, "rows")));
    for (const name of readdirSync(folder).filter((one) => sealedName.test(one)))
      this.#sizes.set(join(folder, name), statSync(join(folder, name)).size);
  }

  /** Bytes that are not on disk yet. */
  get unsettledBytes(): number {
    return this.#waiting.bytes + (this.#flushing?.bytes ?? 0);
  }

  /** Bytes on disk that are not in the warehouse yet. */
  get waitingBytes(): number {
    const open = this.#left.reduce((sum, { durable }) => sum + durable, this.#file?.durable ?? 0);
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, open);
  }

  /** Adds rows and rejects that belong together: after a crash all of them are there, or none. They are on disk once `settled` resolves. */
  append(rows: readonly string[], rejects: readonly string[]): void {
    for (const row of rows) this.#waiting.rows.push(row);
    for (const one of rejects) this.#waiting.rejects.push(one);
    for (const text of [...rows, ...rejects]) this.#waiting.bytes += text.length;
  }

  /** Resolves when everything appended so far is on disk; rejects when it could not be put there, and then it is not kept. */
  async settled(): Promise<void> {
    const mine = this.#waiting.rows.length + this.#waiting.rejects.length > 0 ? this.#waiting : this.#flushing;
    if (mine === null) return;
    if (mine === this.#waiting && this.#flushing === null) this.#enqueue(async () => await this.#flush());
    await mine.done;
  }

  /** Seals what is open; files are then listed by `sealed`. What the disk refuses to seal now is sealed by a later call. */
  async seal(): Promise<void> {
    await this.#enqueue(async () => {
      const file = this.#file;
      if (file !== null && file.durable > 0) {
        this.#file = null;
        this.#left.push(file);
        await file.handle.close();
      }
      await this.#sealLeft();
    });
  }

  /** Seals the files that are written to no more, each cut to what was acknowledged of it; those that hold nothing go. */
  async #sealLeft(): Promise<void> {
    for (let file = this.#left[0]; file !== undefined; file = this.#left[0]) {
      const path = join(this.#folder, `${file.name}.open`);
      const sealed = join(this.#folder, `${file.name}.rows`);
      if (file.durable === 0) await rm(path, { force: true });
      else {
        await truncate(path, file.durable);
        await rename(path, sealed);
        this.#sizes.set(sealed, file.durable);
      }
      this.#left.shift();
      await syncFolder(this.#folder);
    }
  }

  /** Paths of sealed files, oldest first. */
  sealed(): string[] {
    return [...this.#sizes.keys()].sort();
  }

  remove(path: string): void {
    rmSync(path, { force: true });
    this.#sizes.delete(path);
  }

  async close(): Promise<void> {
    await this.settled().catch(() => {});
    // What cannot be sealed now is sealed by the next process.
    await this.seal().catch(() => {});
    await this.#enqueue(async () => {
      await this.#file?.handle.close();
      this.#file = null;
    });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const next = this.#chain.then(work);
    this.#chain = next.catch(() => {});
    return next;
  }

  async #flush(): Promise<void> {
    const group = this.#waiting;
    if (group.rows.length + group.rejects.length === 0) return;
    this.#waiting = emptyGroup();
    this.#flushing = group;
    try {
      await this.#write(group);
      group.resolve();
    } catch (error) {
      group.reject(error);
    } finally {
      this.#flushing = null;
    }
    if (this.#waiting.rows.length + this.#waiting.rejects.length > 0) this.#enqueue(async () => await this.#flush());
  }

  async #write(group: Waiting): Promise<void> {
    const file = this.#file ?? (await this.#create());
    const numbered = group.rows.map((row, index) => `${file.rowCount + index + 1}\t${row}`);
    const bytes = packGroup(numbered, group.rejects);
    try {
      if (this.#file === null) await syncFolder(this.#folder);
      this.#file = file;
      await writeWhole(file.handle, bytes, file.durable);
      await file.handle.datasync();
      file.durable += bytes.length;
      file.rowCount += group.rows.length;
    } catch (error) {
      // What a failed flush left behind is unknown: the file is cut to what was known to be there, and not used again.
      this.#file = null;
      this.#left.push(file);
      await file.handle.close().catch(() => {});
      await this.#sealLeft().catch(() => {});
      throw error;
    }
  }

  async #create(): Promise<OpenFile> {
    const name = `${String(this.#clock.now()).padStart(13, "0")}-${randomBytes(6).toString("hex")}`;
    const handle = await open(join(this.#folder, `${name}.open`), "wx", 0o600);
    return { name, handle, durable: 0, rowCount: 0 };
  }
}

async function writeWhole(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** A new name is only there after a power cut when its folder is on disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

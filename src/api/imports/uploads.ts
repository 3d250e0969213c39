/** Files on their way from a browser: streamed to disk below the workspace, a folder for each, gone when their import is. */
import { randomBytes } from "node:crypto";
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CartwrightError, toCartwrightError } from "../../errors.ts";

const longestName = 120;
/** What a full disk must keep for the engine and its journals. */
const keptFreeBytes = 256 * 1024 * 1024;

/** The file's name as it may stand on a disk. @throws file_name_refused for names of folders and of other places */
export function plainName(given: string): string {
  const isPlain =
    given.trim() !== "" && given.length <= longestName && !/[/\\\p{Cc}]/u.test(given) && !/^\.+$/.test(given);
  if (!isPlain)
    throw new CartwrightError("file_name_refused", `"${given.slice(0, longestName)}" is not the plain name of a file`, {
      most: longestName,
    });
  return given.replace(/[^\p{L}\p{N} ._()+,=&'-]/gu, "_").replace(/^\.+/, "_");
}

export class Uploads {
  readonly #folder: string;
  readonly #mostBytes: number;

  constructor(folder: string, mostBytes: number) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** Removes what an ended server left behind. */
  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #freeBytes(): Promise<number> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = await statfs(this.#folder);
    return Math.max(0, bavail * bsize - keptFreeBytes);
  }

  /** The most bytes a file may have now. */
  async mostBytes(): Promise<number> {
    return Math.min(this.#mostBytes, await this.#freeBytes());
  }

  /**
   * Writes a stream to disk under a name from `plainName`; what is not whole is removed.
   *
   * @param declared bytes the sender announces; null when unknown
   * @param onBytes told of the bytes that are there
   * @throws file_too_large, disk_full, cancelled when the sender goes away
   */
  async receive(
    body: Readable,
    { name, declared, onBytes }: { name: string; declared: number | null; onBytes: (bytes: number) => void },
  ): Promise<{ readonly path: string; readonly bytes: number }> {
    const free = await this.#freeBytes();
    this.#requireRoom(name, declared ?? 0, free);
    const path = join(this.#folder, randomBytes(8).toString("hex"), name);
    mkdirSync(dirname(path), { mode: 0o700 });
    let bytes = 0;
    const counting = new Transform({
      transform: (block: Buffer, _encoding, done) => {
        bytes += block.length;
        try {
          this.#requireRoom(name, bytes, free);
          onBytes(bytes);
          done(null, block);
        } catch (error) {
          done(error as Error);
        }
      },
    });
    try {
      await pipeline(body, counting, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    } catch (error) {
      this.remove(path);
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ECONNRESET")
        throw new CartwrightError("cancelled", `${name} was not sent to its end`, {}, error);
      throw toCartwrightError(error);
    }
    return { path, bytes };
  }

  #requireRoom(name: string, bytes: number, free: number): void {
    if (bytes > this.#mostBytes)
      throw new CartwrightError(
        "file_too_large",
        `${name} has more than the ${this.#mostBytes} bytes a file may have`,
        {
          most: this.#mostBytes,
        },
      );
    if (bytes > free)
      throw new CartwrightError("disk_full", `${name} needs more than the ${free} bytes that are free for it`, {
        path: "the workspace",
      });
  }

  /** Removes a file that `receive` has written. */
  remove(path: string): void {
    rmSync(dirname(path), { recursive: true, force: true });
  }
}

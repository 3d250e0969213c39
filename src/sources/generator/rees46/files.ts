import { type FileHandle, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { Rees46Options } from "./options.ts";
import { HEADER } from "./rows.js";
import { rees46Parts, type Stoppable } from "./stream.ts";

export interface Rees46FilesOptions extends Rees46Options, Stoppable {
  /** Folder to write into; made when missing. Files of the same name are replaced. */
  readonly dir: string;
  /** One file by this name instead of one a month. */
  readonly file?: string;
  /** Called about every 4 MiB with what has been written so far. */
  readonly onProgress?: (written: Rees46Written) => void;
}

/** What has been written: data rows without headers, bytes with them. */
export interface Rees46Written {
  readonly rows: number;
  readonly bytes: number;
  readonly files: readonly string[];
}

/**
 * Writes a REES46-shaped clickstream as `2019-Oct.csv`, `2019-Nov.csv` ... or as one file, each with a header row.
 *
 * A stopped run (`signal`) leaves whole rows behind: the part of the stream made so far.
 *
 * @returns rows, bytes and the paths of the files in order of time
 */
export async function writeRees46Files(options: Rees46FilesOptions): Promise<Rees46Written> {
  const { dir, file, onProgress } = options;
  await mkdir(dir, { recursive: true });
  const files: string[] = [];
  let rows = 0;
  let bytes = 0;
  let handle: FileHandle | null = null;
  const write = async (target: FileHandle, chunk: Buffer) => {
    for (let written = 0; written < chunk.length; ) written += (await target.write(chunk, written)).bytesWritten;
    bytes += chunk.length;
  };
  try {
    for await (const part of rees46Parts(options)) {
      const path = join(dir, file ?? `${part.month}.csv`);
      if (handle === null || files.at(-1) !== path) {
        await handle?.close();
        handle = await open(path, "w");
        files.push(path);
        await write(handle, Buffer.from(HEADER, "latin1"));
      }
      await write(handle, part.bytes);
      rows += part.rows;
      onProgress?.({ rows, bytes, files: [...files] });
    }
  } finally {
    await handle?.close();
  }
  return { rows, bytes, files };
}

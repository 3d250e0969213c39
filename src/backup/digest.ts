/** Copies of files with the digests of their bytes. */
import { createHash } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { CartwrightError } from "../errors.ts";
import type { Manifest } from "./manifest.ts";

export type KeptFile = Manifest["files"][number];
type Digest = Pick<KeptFile, "byte_count" | "sha256">;

const blockBytes = 1024 * 1024;

/** Ends the work when it has been cancelled. @throws cancelled */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CartwrightError("cancelled", "the backup or its restore was cancelled");
}

/** Hands the bytes of a file on, block by block, and digests them. */
async function readThrough(
  path: string,
  signal: AbortSignal | undefined,
  take: (block: Buffer) => Promise<unknown>,
): Promise<Digest> {
  const hash = createHash("sha256");
  const block = Buffer.allocUnsafe(blockBytes);
  let byte_count = 0;
  const from = await open(path, "r");
  try {
    for (;;) {
      throwIfCancelled(signal);
      const { bytesRead } = await from.read(block, 0, blockBytes, byte_count);
      if (bytesRead === 0) return { byte_count, sha256: hash.digest("hex") };
      const bytes = block.subarray(0, bytesRead);
      hash.update(bytes);
      await take(bytes);
      byte_count += bytesRead;
    }
  } finally {
    await from.close();
  }
}

/** Size and SHA-256 of a file. */
export async function digestOf(path: string, signal?: AbortSignal): Promise<Digest> {
  return await readThrough(path, signal, async () => {});
}

/** Copies a file so that it is on disk, readable by its owner only; size and SHA-256 are those of the copied bytes. */
export async function copyWithDigest(path: string, to: string, signal?: AbortSignal): Promise<Digest> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const target = await open(to, "wx", 0o600);
  try {
    const digest = await readThrough(path, signal, (bytes) => target.writeFile(bytes));
    await target.sync();
    await target.close();
    return digest;
  } catch (error) {
    await target.close();
    await rm(to, { force: true });
    throw error;
  }
}

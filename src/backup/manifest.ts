/** What a backup says of itself: `manifest.json`, written last, so that a folder without one is no backup. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CartwrightError } from "../errors.ts";

export const manifestName = "manifest.json";

/** The version of the form of backups this code writes, and the newest it reads. */
export const backupFormat = 1;

/** A path below the backup: plain names only, so that no backup reaches out of its folder. */
const innerPath = z.string().refine((path) => {
  const names = path.split("/");
  return names.every((name) => name !== "" && name !== "." && name !== ".." && !/[\\\0]/.test(name));
}, "is no path below the backup");

const counts = z.array(z.strictObject({ name: z.string(), row_count: z.int().nonnegative() }));

const manifestSchema = z.object({
  /** Form of the backup; a reader refuses one it does not know. */
  format: z.int().positive(),
  /** Version of Cartwright that made it. */
  version: z.string(),
  /** When it was begun: everything acknowledged before is in it. */
  started_at: z.iso.datetime(),
  /** `embedded` is in the backup as its engine wrote it, `tables` as rows of a server's; `server` is left to the server's own backups. */
  warehouse: z.enum(["embedded", "tables", "server"]),
  warehouse_schema: z.int().positive(),
  store: z.enum(["embedded", "server", "none"]),
  /** Rows of each table just before it was copied; whatever was written meanwhile may be there too. */
  warehouse_tables: counts,
  store_tables: counts,
  files: z.array(
    z.strictObject({
      path: innerPath,
      byte_count: z.int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export type Manifest = z.infer<typeof manifestSchema>;

/**
 * The manifest of the backup in `folder`.
 *
 * @throws backup_invalid when there is none or it cannot be read, backup_newer when its form is of a later version
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, manifestName);
  if (!existsSync(path))
    throw new CartwrightError(
      "backup_invalid",
      `${folder} has no ${manifestName}: it is no backup, or one that was not finished`,
    );
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new CartwrightError("backup_invalid", `${path} is no JSON`, {}, error);
  }
  const outline = z.object({ format: z.int().positive(), version: z.string() }).safeParse(given);
  if (outline.success && outline.data.format > backupFormat) {
    const { format, version } = outline.data;
    throw new CartwrightError(
      "backup_newer",
      `${folder} is of form ${format}; this version reads up to ${backupFormat}`,
      {
        version,
      },
    );
  }
  const outcome = manifestSchema.safeParse(given);
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  throw new CartwrightError("backup_invalid", `${path}: ${issue?.path.join(".")} ${issue?.message}`);
}

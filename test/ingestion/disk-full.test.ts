import { spawnSync } from "node:child_process";
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestSql, writeInputs } from "../../bench/support/kills.mjs";
import { toCartwrightError } from "../../src/errors.ts";
import { importFiles } from "../../src/ingestion/import.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { createWorkspace, Workspace } from "../../src/workspace.ts";
import { fixedClock } from "../support/shop.ts";

/** A small file system of its own; only the super-user may make one, so elsewhere this suite is skipped. */
const mount = mkdtempSync(join(tmpdir(), "cartwright-disk-"));
const isMounted =
  process.platform === "linux" && spawnSync("mount", ["-t", "tmpfs", "-o", "size=192m", "tmpfs", mount]).status === 0;
const folder = join(mount, "shop");
const ballast = join(mount, "ballast");
const files = writeInputs(mkdtempSync(join(tmpdir(), "cartwright-disk-files-")), 2000);

afterAll(() => {
  if (isMounted) spawnSync("umount", ["--lazy", mount]);
  rmSync(mount, { recursive: true, force: true });
  rmSync(join(files.base, ".."), { recursive: true, force: true });
});

/** Fills the file system until only so many bytes are free. */
function leave(bytes: number): void {
  rmSync(ballast, { force: true });
  const { bavail, bsize } = statfsSync(mount);
  const handle = openSync(ballast, "w");
  const block = Buffer.alloc(64 * 1024);
  for (let left = bavail * bsize - bytes; left > 0; left -= block.length) {
    writeSync(handle, block, 0, Math.min(left, block.length));
  }
  fsyncSync(handle);
  closeSync(handle);
}

async function inWorkspace<T>(place: string, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await Workspace.open(place, fixedClock(), "test");
  try {
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}

const load = async (place: string, paths: readonly string[]): Promise<void> =>
  await inWorkspace(place, async (workspace) => {
    const { warehouse, config, clock } = workspace;
    await workspace.exclusively(() => importFiles({ warehouse, config, clock }, paths, {}));
  });

const digest = async (place: string) => await inWorkspace(place, ({ warehouse }) => warehouse.query(digestSql));

describe.skipIf(!isMounted)("an import that fills the disk", () => {
  beforeAll(async () => {
    createWorkspace(folder, { currency: "USD", time_zone: "UTC" });
    await load(folder, [files.base]);
  });

  it("says so wherever it stops, keeps what was there, and ends as a clean import once there is space", async () => {
    const before = await digest(folder);
    const outcomes: string[] = [];
    for (const free of [0, 1024, 4096].map((kilobytes) => kilobytes * 1024)) {
      await inWorkspace(folder, async (workspace) => {
        const { warehouse, config, clock } = workspace;
        leave(free);
        const ended = await workspace
          .exclusively(() => importFiles({ warehouse, config, clock }, [files.more], {}))
          .then(() => "done")
          .catch((error: unknown) => toCartwrightError(error).code);
        outcomes.push(ended);
        rmSync(ballast);
      });
      if (outcomes.at(-1) === "done") break;
    }
    expect(outcomes[0]).toBe("disk_full");
    expect(outcomes.filter((one) => one !== "done" && one !== "disk_full")).toEqual([]);
    const clean = mkdtempSync(join(tmpdir(), "cartwright-disk-clean-"));
    createWorkspace(clean, { currency: "USD", time_zone: "UTC" });
    await load(clean, [files.base]);
    expect(before).toEqual(await digest(clean));
    await load(folder, [files.more]);
    await load(clean, [files.more]);
    expect(await digest(folder)).toEqual(await digest(clean));
    expect(
      await inWorkspace(folder, async ({ warehouse, config }) => (await verify(warehouse, config)).differences),
    ).toEqual([]);
    rmSync(clean, { recursive: true, force: true });
    console.info(`ends by free space: ${outcomes.join(", ")}`);
  });
});

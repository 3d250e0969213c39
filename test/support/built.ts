/** The built program, for tests whose processes run outside the test runner. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Builds `dist/` when it is out of date; test files that run side by side wait for each other. */
export async function ensureBuilt(): Promise<void> {
  const lock = join(tmpdir(), `cartwright-build-${root.replaceAll("/", "-")}`);
  for (let waited = 0; waited < 1200; waited += 1) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      await sleep(100);
    }
  }
  try {
    const build = `import { buildServer } from ${JSON.stringify(new URL("../../scripts/build.mjs", import.meta.url).href)}; buildServer();`;
    execFileSync(process.execPath, ["--input-type=module", "-e", build], { cwd: root });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

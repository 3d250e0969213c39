/** Workspaces that many test files begin with: made once in a run, by the first who asks, and copied. */
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const variable = "CARTWRIGHT_TEST_TEMPLATES";

/** Vitest's set-up of a whole run: where templates lie, and their removal at the end. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-templates-"));
  process.env[variable] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Copies what `make` writes to a folder into `target`; `make` runs when nobody did it before in this run. */
export async function copyTemplate(
  name: string,
  target: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const templates = process.env[variable] ?? "";
  const template = join(templates, name);
  if (!existsSync(template)) {
    const own = mkdtempSync(join(templates, `${name}-`));
    await make(own);
    try {
      renameSync(own, template);
    } catch (error) {
      // The other worker was first; its template is as good.
      rmSync(own, { recursive: true });
      if (!existsSync(template)) throw error;
    }
  }
  cpSync(template, target, { recursive: true });
}

/** The development data sets beside the project, when they are there; tests that need them say loudly when they are not. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";

const folder = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

export const sharedData = (path: string): string => `${folder}${path}`;

/** A suite on one of the data sets; skipped, with the reason in its name, where the set is missing. */
export function describeWithData(path: string, name: string, body: () => void): void {
  if (existsSync(sharedData(path))) describe(name, body);
  // Not a failure: these sets may not ship with the project, and whoever has only the repository must still pass.
  else describe.skip(`${name} [SKIPPED: shared/data/${path} is not beside the project]`, body);
}

/** Fails the build when the first screen would load too much script. */
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

interface Chunk {
  readonly type: string;
  readonly fileName: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly code?: string;
}

/** Compressed bytes of the entry script and everything it imports before it can run. */
export function initialBytes(bundle: Readonly<Record<string, Chunk>>): number {
  const waiting = Object.values(bundle).filter((chunk) => chunk.isEntry);
  const seen = new Set<string>();
  let bytes = 0;
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    if (seen.has(chunk.fileName)) continue;
    seen.add(chunk.fileName);
    bytes += gzipSync(chunk.code ?? "").length;
    for (const name of chunk.imports ?? []) {
      const imported = bundle[name];
      if (imported) waiting.push(imported);
    }
  }
  return bytes;
}

export function sizeBudget(limit: number): Plugin {
  return {
    name: "size-budget",
    generateBundle(_options, bundle) {
      const bytes = initialBytes(bundle as unknown as Readonly<Record<string, Chunk>>);
      const told = `${(bytes / 1000).toFixed(0)} kB gzip of ${(limit / 1000).toFixed(0)} kB`;
      if (bytes > limit) this.error(`The initial script is ${told}. Load the part that grew when it is needed.`);
      this.info(`initial script: ${told}`);
    },
  };
}

/** When tokens were last used. A file of its own: the server alone writes it, while the command line changes `auth.json`. */
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { readSecrets, writeSecrets } from "./secret-file.ts";

/** A busy token costs one write in this time, not one with every request. */
const writtenEveryMs = 60_000;

export class TokenUses {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #written = new Map<string, number>();

  constructor(workspaceFolder: string, clock: Clock) {
    this.#path = join(workspaceFolder, "token-uses.json");
    this.#clock = clock;
  }

  /** The last uses by the token's id, in milliseconds since 1970, UTC; a minute behind at most. */
  list(): ReadonlyMap<string, number> {
    return new Map(Object.entries(readSecrets<Record<string, number>>(this.#path, {})));
  }

  /** Notes that a token is used now; `known` are the ids there still are. */
  note(id: string, known: readonly string[]): void {
    const now = this.#clock.now();
    if (now - (this.#written.get(id) ?? Number.NEGATIVE_INFINITY) < writtenEveryMs) return;
    this.#written.set(id, now);
    try {
      const kept = [...this.list()].filter(([one]) => known.includes(one));
      writeSecrets(this.#path, Object.fromEntries([...kept, [id, now]]));
    } catch {
      // A full or read-only disk costs the note, never the answer.
    }
  }
}

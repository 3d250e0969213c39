/** When tokens, sessions or people were last seen. A file of its own, so that no note of a use can undo a change made elsewhere. */
import type { Clock } from "../clock.ts";
import { SecretFile } from "./secret-file.ts";

/** What is used all the time costs one write in this time, not one with every request. */
const writtenEveryMs = 60_000;

export class LastUses {
  readonly #file: SecretFile<Readonly<Record<string, number>>>;
  readonly #clock: Clock;
  readonly #written = new Map<string, number>();

  constructor(workspaceFolder: string, name: string, clock: Clock) {
    this.#file = new SecretFile(workspaceFolder, name, {});
    this.#clock = clock;
  }

  /** The last uses by id, in milliseconds since 1970, UTC; a minute behind at most. */
  list(): ReadonlyMap<string, number> {
    return new Map(Object.entries(this.#file.read()));
  }

  /** The last use of an id, ISO 8601, UTC; null when there is none. */
  of(id: string): string | null {
    const at = this.#file.read()[id];
    return at === undefined ? null : new Date(at).toISOString();
  }

  /** Notes that something is used now; `known` are the ids there still are. */
  note(id: string, known: readonly string[]): void {
    const now = this.#clock.now();
    if (now - (this.#written.get(id) ?? Number.NEGATIVE_INFINITY) < writtenEveryMs) return;
    this.#written.set(id, now);
    try {
      this.#file.change((stored) => {
        const kept = Object.entries(stored).filter(([one]) => known.includes(one));
        return Object.fromEntries([...kept, [id, now]]);
      });
    } catch {
      // A full or read-only disk costs the note, never the answer.
    }
  }
}

/**
 * What people look at, as questions that follow the data: "all there is" or "the last 30 days" in place of the days these
 * were when somebody asked. Kept in the workspace's folder, so that they can be answered before anybody comes back: after
 * a change of the data, and after a restart. A lost file costs a first look its time, and nothing else.
 */
import { createHash } from "node:crypto";
import type { Given, Values } from "../analyses/run.ts";
import { addDays, daysBetween } from "../warehouse/day-range.ts";
import { dayAfterLast, type Extent } from "../warehouse/extent.ts";
import { readSecrets, writeSecrets } from "./secret-file.ts";

export interface Look {
  readonly analysis: string;
  /** As asked, without a period that follows the data. */
  readonly given: Given;
  /** How many days up to the data's last one: all, a number, or null where the days asked for stand. */
  readonly lastDays: "all" | number | null;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

const most = 200;
const forgottenAfterMs = 7 * 86_400_000;

/** What was asked, as a look; `values` are those it was resolved to. */
export function lookOf(analysis: string, given: Given, values: Values, extent: Extent, askedAt: number): Look {
  const { period_start, period_end, ...rest } = given;
  if (values.period_end !== dayAfterLast(extent) || extent.firstDay === null)
    return { analysis, given, lastDays: null, askedAt };
  const start = String(values.period_start);
  const lastDays = start <= extent.firstDay ? "all" : daysBetween(start, String(values.period_end));
  return { analysis, given: rest, lastDays, askedAt };
}

/** What a look asks of the data as they are now. */
export function givenOf({ given, lastDays }: Look, extent: Extent): Given {
  if (typeof lastDays !== "number" || extent.firstDay === null) return given;
  const period_end = dayAfterLast(extent);
  const start = addDays(period_end, -lastDays);
  return { ...given, period_start: start < extent.firstDay ? extent.firstDay : start, period_end };
}

const nameOf = ({ analysis, given, lastDays }: Look): string =>
  createHash("sha256")
    .update(JSON.stringify([analysis, lastDays, Object.entries(given).toSorted()]))
    .digest("base64url");

export class Looks {
  readonly #path: string;
  readonly #now: () => number;
  /** The least recent first. */
  readonly #looks: Map<string, Look>;
  #isSaved = true;

  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
    this.#looks = new Map(readLooks(path).map((look) => [nameOf(look), look]));
  }

  note(look: Look): void {
    const name = nameOf(look);
    this.#looks.delete(name);
    this.#looks.set(name, look);
    this.#isSaved = false;
    for (const [oldest] of this.#looks) {
      if (this.#looks.size <= most) break;
      this.#looks.delete(oldest);
    }
  }

  forget(look: Look): void {
    this.#looks.delete(nameOf(look));
    this.#isSaved = false;
  }

  /** Forgets the looks whose parameters name somebody. */
  forgetNamed(isNamed: (text: string) => boolean): void {
    for (const look of this.#looks.values()) if (isNamed(JSON.stringify(look.given))) this.forget(look);
    this.save();
  }

  /** Those of the last `withinMs` milliseconds, a week at most, the latest first. */
  recent(withinMs: number): readonly Look[] {
    const since = this.#now() - Math.min(withinMs, forgottenAfterMs);
    return [...this.#looks.values()].filter(({ askedAt }) => askedAt >= since).reverse();
  }

  save(): void {
    if (this.#isSaved) return;
    writeSecrets(this.#path, this.recent(forgottenAfterMs).toReversed());
    this.#isSaved = true;
  }
}

function readLooks(path: string): readonly Look[] {
  try {
    return readSecrets<readonly Look[]>(path, []);
  } catch {
    return [];
  }
}

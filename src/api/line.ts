/** Whose turn it is where more is asked than runs at once: the next place goes to who has fewest running, and who asks far too much is refused. */
import { CartwrightError } from "../errors.ts";

export interface LineBounds {
  /** Most that run at one time. */
  readonly atOnce: number;
  /** Most of one person that run at one time. */
  readonly atOncePerPerson: number;
  /** Most of one person that wait. */
  readonly waitingPerPerson: number;
  /** The setting of the last. */
  readonly setting: string;
  /** After what time whoever is refused may ask again. */
  readonly retryAfterSeconds: number;
}

/** Room for all. */
export const noBounds: LineBounds = {
  atOnce: Number.POSITIVE_INFINITY,
  atOncePerPerson: Number.POSITIVE_INFINITY,
  waitingPerPerson: Number.POSITIVE_INFINITY,
  setting: "",
  retryAfterSeconds: 1,
};

/** A place in line, and then among those that run. */
export interface Place {
  /** Fulfilled when it is its turn; rejected with `cancelled` when nobody waits for it any more. */
  readonly turn: Promise<void>;
  /** A further person waits for the same: it is that one's turn too. */
  readonly join: (person: string) => void;
  readonly part: (person: string) => void;
  /** Makes room for the next; for the place of who still waits it is leaving the line. */
  readonly leave: () => void;
}

interface Waiting {
  /** The first is who asked, or joined before all who are still there. */
  readonly people: string[];
  readonly begin: (person: string) => void;
}

const cancelled = () => new CartwrightError("cancelled", "the question left the line: nobody waits for it");

export class Line {
  readonly #bounds: LineBounds;
  /** In the order of their coming. */
  readonly #waiting = new Set<Waiting>();
  /** How many run, by person. */
  readonly #running = new Map<string, number>();
  #runningCount = 0;
  #refusedCount = 0;

  constructor(bounds: LineBounds = noBounds) {
    this.#bounds = bounds;
  }

  /** How many run and wait now, and how many have been refused so far. */
  get counts(): { readonly running: number; readonly waiting: number; readonly refused: number } {
    return { running: this.#runningCount, waiting: this.#waiting.size, refused: this.#refusedCount };
  }

  /**
   * Takes a place, at once when there is room. The signal lets it leave the line; what runs already leaves by itself.
   *
   * @throws too_many_questions when too many of the person's wait
   */
  take(person: string, signal?: AbortSignal): Place {
    let runsFor: string | null = null;
    let begin = (): void => {};
    let giveUp = (_error: Error): void => {};
    const turn = new Promise<void>((resolve, reject) => {
      begin = resolve;
      giveUp = reject;
    });
    const waiting: Waiting = {
      people: [person],
      begin: (chosen) => {
        runsFor = chosen;
        begin();
      },
    };
    const leave = (): void => {
      signal?.removeEventListener("abort", leaveLine);
      if (this.#waiting.delete(waiting)) giveUp(cancelled());
      if (runsFor !== null) this.#end(runsFor);
      runsFor = null;
    };
    const leaveLine = (): void => {
      if (runsFor === null) leave();
    };
    this.#waiting.add(waiting);
    this.#fill();
    if (runsFor === null && this.#waitingOf(person) > this.#bounds.waitingPerPerson) {
      this.#waiting.delete(waiting);
      throw this.#refusal();
    }
    if (signal?.aborted) leaveLine();
    signal?.addEventListener("abort", leaveLine, { once: true });
    return {
      turn,
      join: (other) => {
        waiting.people.push(other);
        this.#fill();
      },
      part: (other) => {
        const at = waiting.people.indexOf(other);
        if (at >= 0) waiting.people.splice(at, 1);
      },
      leave,
    };
  }

  /** Does something when it is its turn. */
  async run<T>(person: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    return await atTurn(this.take(person, signal), work);
  }

  #refusal(): CartwrightError {
    this.#refusedCount += 1;
    const { waitingPerPerson, setting, retryAfterSeconds } = this.#bounds;
    return new CartwrightError(
      "too_many_questions",
      `${waitingPerPerson} of your questions wait already, which is the most (${setting})`,
      { retry_after_seconds: retryAfterSeconds },
    );
  }

  #waitingOf(person: string): number {
    return [...this.#waiting].filter(({ people }) => people[0] === person).length;
  }

  #end(person: string): void {
    const left = (this.#running.get(person) ?? 1) - 1;
    if (left === 0) this.#running.delete(person);
    else this.#running.set(person, left);
    this.#runningCount -= 1;
    this.#fill();
  }

  /** Gives free places away. */
  #fill(): void {
    while (this.#runningCount < this.#bounds.atOnce) {
      const next = this.#next();
      if (!next) return;
      this.#waiting.delete(next.waiting);
      this.#running.set(next.person, next.running + 1);
      this.#runningCount += 1;
      next.waiting.begin(next.person);
    }
  }

  /** Of who has fewest running, and among those of equally many the one that came first; null when all have as many as they may. */
  #next() {
    let best: { readonly waiting: Waiting; readonly person: string; readonly running: number } | null = null;
    for (const waiting of this.#waiting) {
      for (const person of waiting.people) {
        const running = this.#running.get(person) ?? 0;
        if (running >= this.#bounds.atOncePerPerson || running >= (best?.running ?? Number.POSITIVE_INFINITY)) continue;
        best = { waiting, person, running };
      }
    }
    return best;
  }
}

/** Does something when it is the place's turn, and makes room afterwards. */
export async function atTurn<T>(place: Place, work: () => Promise<T>): Promise<T> {
  try {
    await place.turn;
    return await work();
  } finally {
    place.leave();
  }
}

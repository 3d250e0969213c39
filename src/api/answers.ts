/** Answers kept until the data change. Each question runs once, however many ask it at the same time. */

/** How long a question counts as one that people look at, and is answered anew by itself when the data have changed. */
const watchedMs = 10 * 60_000;
/** The most questions answered anew for one change of the data. */
const mostWatched = 40;

export interface Question<Subject> {
  /** What is asked, for asking it again. */
  readonly subject: Subject;
  /** Names the question without its data: equal questions have equal names. */
  readonly name: string;
  /** What it is answered from: a kept answer of another version does not count. */
  readonly version: string;
  readonly answer: (signal: AbortSignal) => Promise<string>;
}

interface Running {
  readonly version: string;
  readonly text: Promise<string>;
  readonly controller: AbortController;
  waiting: number;
}

interface Kept<Subject> {
  readonly subject: Subject;
  readonly version: string;
  readonly text: string;
  askedAt: number;
}

export class Answers<Subject> {
  readonly #mostCharacters: number;
  readonly #now: () => number;
  readonly #running = new Map<string, Running>();
  /** The least recently asked first. */
  readonly #kept = new Map<string, Kept<Subject>>();
  #characters = 0;

  constructor(mostCharacters: number, now: () => number) {
    this.#mostCharacters = mostCharacters;
    this.#now = now;
  }

  /** The answer, and whether it was there. A question that nobody waits for any more is cancelled. */
  async ask(question: Question<Subject>, signal?: AbortSignal): Promise<{ text: string; isKept: boolean }> {
    const kept = this.#kept.get(question.name);
    if (kept?.version === question.version) {
      kept.askedAt = this.#now();
      this.#kept.delete(question.name);
      this.#kept.set(question.name, kept);
      return { text: kept.text, isKept: true };
    }
    return { text: await this.#wait(this.#run(question), signal), isKept: false };
  }

  /** The questions asked of late whose answers are of a version that no longer holds, the latest asked first. */
  outdated(holds: (version: string) => boolean): readonly Subject[] {
    const since = this.#now() - watchedMs;
    return [...this.#kept]
      .filter(([, kept]) => !holds(kept.version) && kept.askedAt >= since)
      .map(([, { subject }]) => subject)
      .reverse()
      .slice(0, mostWatched);
  }

  /** Answers anew what nobody waits for; when it was asked last stays. */
  async refresh(question: Question<Subject>, signal: AbortSignal): Promise<void> {
    const askedAt = this.#kept.get(question.name)?.askedAt;
    await this.#wait(this.#run(question), signal);
    const kept = this.#kept.get(question.name);
    if (kept && askedAt !== undefined) kept.askedAt = askedAt;
  }

  #run(question: Question<Subject>): Running {
    const { name, version, subject } = question;
    const present = this.#running.get(name);
    if (present?.version === version && !present.controller.signal.aborted) return present;
    const controller = new AbortController();
    const running: Running = { version, controller, waiting: 0, text: question.answer(controller.signal) };
    this.#running.set(name, running);
    running.text
      .then((text) => this.#keep(name, { subject, version, text, askedAt: this.#now() }))
      // Those who wait are told; here it only means that nothing is kept.
      .catch(() => {})
      .finally(() => {
        if (this.#running.get(name) === running) this.#running.delete(name);
      });
    return running;
  }

  async #wait(running: Running, signal: AbortSignal | undefined): Promise<string> {
    running.waiting += 1;
    const leave = (): void => {
      running.waiting -= 1;
      if (running.waiting === 0) running.controller.abort();
    };
    if (signal?.aborted) leave();
    signal?.addEventListener("abort", leave, { once: true });
    try {
      return await running.text;
    } finally {
      signal?.removeEventListener("abort", leave);
    }
  }

  #keep(name: string, kept: Kept<Subject>): void {
    this.#forget(name);
    if (kept.text.length > this.#mostCharacters / 8) return;
    this.#kept.set(name, kept);
    this.#characters += kept.text.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= this.#mostCharacters) return;
      this.#forget(oldest);
    }
  }

  #forget(name: string): void {
    this.#characters -= this.#kept.get(name)?.text.length ?? 0;
    this.#kept.delete(name);
  }
}

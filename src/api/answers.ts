/** Answers kept until the data change. Each question runs once, however many ask it at the same time, and waits in line once for all of them. */
import { atTurn, Line, type Place } from "./line.ts";

export interface Question {
  /** Names the question without its data: equal questions have equal names. */
  readonly name: string;
  /** What it is answered from: a kept answer of another version does not count. */
  readonly version: string;
  readonly answer: (signal: AbortSignal) => Promise<string | Passing>;
}

/** An answer for those who wait for it, which is never kept: it lacks rows. */
export interface Passing {
  readonly passing: string;
}

interface Answer {
  readonly text: string;
  readonly isKept: boolean;
  readonly isPassing?: true;
}

interface Running {
  readonly version: string;
  readonly text: Promise<string | Passing>;
  readonly controller: AbortController;
  readonly place: Place;
  waiting: number;
}

interface Kept {
  readonly version: string;
  readonly text: string;
}

/** Who asks when nobody does: what the server looks up by itself. */
const nobody = "";

export class Answers {
  readonly #mostCharacters: number;
  readonly #line: Line;
  readonly #running = new Map<string, Running>();
  /** The least recently asked first. */
  readonly #kept = new Map<string, Kept>();
  #characters = 0;

  constructor(mostCharacters: number, line: Line = new Line()) {
    this.#mostCharacters = mostCharacters;
    this.#line = line;
  }

  /**
   * The answer, whether it was there, and whether it is not kept. A question that nobody waits for any more is cancelled.
   *
   * @throws too_many_questions when too many others of the person wait; a question that somebody else waits for is never refused
   */
  async ask(question: Question, signal?: AbortSignal, person = nobody): Promise<Answer> {
    const kept = this.#kept.get(question.name);
    if (kept?.version === question.version) {
      this.#kept.delete(question.name);
      this.#kept.set(question.name, kept);
      return { text: kept.text, isKept: true };
    }
    const text = await this.#wait(this.#run(question, person), person, signal);
    return typeof text === "string" ? { text, isKept: false } : { text: text.passing, isKept: false, isPassing: true };
  }

  /** Whether the answer is there. */
  holds({ name, version }: Question): boolean {
    return this.#kept.get(name)?.version === version;
  }

  #run(question: Question, person: string): Running {
    const { name, version } = question;
    const present = this.#running.get(name);
    if (present?.version === version && !present.controller.signal.aborted) {
      present.place.join(person);
      return present;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const place = this.#line.take(person, signal);
    const text = atTurn(place, async () => await question.answer(signal));
    const running: Running = { version, controller, place, waiting: 0, text };
    this.#running.set(name, running);
    running.text
      .then((text) => typeof text === "string" && this.#keep(name, { version, text }))
      // Those who wait are told; here it only means that nothing is kept.
      .catch(() => {})
      .finally(() => {
        if (this.#running.get(name) === running) this.#running.delete(name);
      });
    return running;
  }

  async #wait(running: Running, person: string, signal: AbortSignal | undefined): Promise<string | Passing> {
    running.waiting += 1;
    const leave = (): void => {
      running.waiting -= 1;
      running.place.part(person);
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

  #keep(name: string, kept: Kept): void {
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

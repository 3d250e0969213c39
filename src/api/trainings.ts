/**
 * Trainings that the server runs for people. Each is a process of its own (`cartwright train`), so that neither its memory
 * nor its pauses are the server's, and ending it is safe at any moment: a run counts once it is recorded, and never half.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { isoNow } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import type { TrainableModel } from "../ml/runs/trainable-models.ts";
import type { Workspace } from "../workspace.ts";

export interface Training {
  readonly id: string;
  readonly model: TrainableModel;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly asked_by: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  /** What it said last. */
  readonly words: string;
  readonly started_at: string;
  readonly finished_at: string | null;
  /** The recorded run; null until it is done. */
  readonly run_key: string | null;
}

/** How many ended trainings are remembered, until the server ends. */
const mostRemembered = 50;
const longestWords = 2000;
const program = fileURLToPath(new URL("../../bin/cartwright", import.meta.url));

export class Trainings {
  readonly #workspace: Pick<Workspace, "folders" | "clock">;
  /** The newest last. */
  readonly #trainings: Training[] = [];
  #running: { readonly id: string; readonly child: ChildProcess; isCancelled: boolean } | null = null;

  constructor(workspace: Pick<Workspace, "folders" | "clock">) {
    this.#workspace = workspace;
  }

  /** Those of this server, the newest first. */
  list(): readonly Training[] {
    return this.#trainings.toReversed();
  }

  /** The one that runs; null when none does. */
  get running(): Training | null {
    return this.#trainings.find(({ state }) => state === "running") ?? null;
  }

  /**
   * Starts a training; it is listed from now on.
   *
   * @param settings options of `cartwright train` by name, such as `horizon-days`
   * @throws training_busy while another runs
   */
  start(model: TrainableModel, settings: Training["settings"], askedBy: string): Training {
    const { running } = this;
    if (running)
      throw new CartwrightError("training_busy", `${running.model} is being trained`, { model: running.model });
    const flags = Object.entries(settings).flatMap(([name, value]) =>
      value === true ? [`--${name}`] : value === false ? [] : [`--${name}=${value}`],
    );
    const { root } = this.#workspace.folders;
    const child = spawn(
      process.execPath,
      [program, "train", model, ...flags, "--workspace", root, "--format", "json"],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const training: Training = {
      id: randomUUID(),
      model,
      settings,
      asked_by: askedBy,
      state: "running",
      words: "",
      started_at: isoNow(this.#workspace.clock),
      finished_at: null,
      run_key: null,
    };
    this.#trainings.push(training);
    if (this.#trainings.length > mostRemembered) this.#trainings.shift();
    this.#running = { id: training.id, child, isCancelled: false };
    this.#follow(training.id, child);
    return training;
  }

  /** Ends a training that runs; one that has ended stays as it is. @throws training_unknown */
  async cancel(id: string): Promise<Training> {
    if (this.#running?.id === id) {
      this.#running.isCancelled = true;
      await end(this.#running.child);
    }
    return this.#find(id);
  }

  /** Ends what runs. */
  async close(): Promise<void> {
    if (this.#running) await this.cancel(this.#running.id);
  }

  #find(id: string): Training {
    const training = this.#trainings.find((one) => one.id === id);
    if (!training) throw new CartwrightError("training_unknown", `there is no training ${id}`, { id });
    return training;
  }

  #change(id: string, change: Partial<Training>): void {
    const at = this.#trainings.findIndex((one) => one.id === id);
    const training = this.#trainings[at];
    if (training) this.#trainings[at] = { ...training, ...change };
  }

  #follow(id: string, child: ChildProcess): void {
    let printed = "";
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-longestWords);
      this.#change(id, { words: said.trimEnd().split("\n").at(-1) ?? "" });
    });
    const ended = (state: Training["state"], change: Partial<Training> = {}): void => {
      this.#change(id, { state, finished_at: isoNow(this.#workspace.clock), ...change });
      this.#running = null;
    };
    child.once("error", (error) => ended("failed", { words: error.message }));
    // Both streams have been read to their ends by then.
    child.once("close", (code) => {
      if (this.#running?.id !== id) return;
      if (this.#running.isCancelled) ended("cancelled");
      else if (code === 0) ended("done", { run_key: runKeyOf(printed) });
      else ended("failed", { words: said.trim() });
    });
  }
}

/** The command prints the run it recorded. */
function runKeyOf(printed: string): string | null {
  const key: unknown = Reflect.get(Object(JSON.parse(printed)), "run_key");
  return key === undefined ? null : String(key);
}

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, "close");
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), 5000);
  await closed;
  clearTimeout(patience);
}

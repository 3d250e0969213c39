/**
 * Runs schedules for as long as the server does. Each run is a process of its own (`cartwright schedules run`), so that neither
 * its memory nor its pauses are the server's, and it can be ended; what it does and how it went it writes down itself.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  beginByHand,
  beginIfDue,
  changeRun,
  endRun,
  openRun,
  readJournal,
  type Scheduled,
  type ScheduleRun,
  scheduledOf,
} from "../../schedules/index.ts";
import { isMarkAlive, processMark } from "../../workspace/process-lock.ts";
import type { Workspace } from "../../workspace.ts";

const program = fileURLToPath(new URL("../../../bin/cartwright", import.meta.url));
const longestWords = 2000;
/** How long a process has to end by itself. */
const patienceMs = 10_000;

export type RunnerHome = Pick<Workspace, "config" | "clock"> & { readonly folders: Pick<Workspace["folders"], "root"> };

/** Starts the process that does a run. */
export type Launch = (scheduled: Scheduled, run: ScheduleRun) => ChildProcess;

const launchProgram: Launch = ({ root, name }, { id }) =>
  spawn(process.execPath, [program, "schedules", "run", name, "--run", id, "--workspace", root, "--json"], {
    stdio: ["ignore", "ignore", "pipe"],
  });

export class ScheduleRunner {
  readonly #home: RunnerHome;
  readonly #launch: Launch;
  readonly #children = new Map<string, ChildProcess>();
  #isStopping = false;

  constructor(home: RunnerHome, launch: Launch = launchProgram) {
    this.#home = home;
    this.#launch = launch;
  }

  /** Begins whatever is due. One schedule that cannot be looked at does not keep the others from running. */
  tick(): void {
    const problems: unknown[] = [];
    for (const name of this.#isStopping ? [] : Object.keys(this.#home.config.schedules)) {
      try {
        const scheduled = scheduledOf(this.#home, name);
        const run = beginIfDue(scheduled);
        if (run) this.#start(scheduled, run);
      } catch (error) {
        problems.push(error);
      }
    }
    if (problems.length > 0) throw problems[0];
  }

  /** Begins a run for somebody. @throws schedule_unknown, schedule_running */
  runNow(name: string, askedBy: string): ScheduleRun {
    const scheduled = scheduledOf(this.#home, name);
    const run = beginByHand(scheduled, askedBy);
    this.#start(scheduled, run);
    return run;
  }

  /** Ends the run that goes on, wherever it does; one that is over stays as it is. @throws schedule_unknown, schedule_run_unknown */
  async cancel(name: string, id: string, cancelledBy: string): Promise<void> {
    const scheduled = scheduledOf(this.#home, name);
    const { process: mark } = changeRun(scheduled, id, { cancelled_by: cancelledBy });
    const mine = this.#children.get(id);
    if (mine) return await end(mine);
    const isOpen = openRun(readJournal(scheduled.root, name))?.id === id;
    // Begun on the command line: it writes down itself how it ended. One that was killed is seen to by the next look.
    if (isOpen && isMarkAlive(mark)) process.kill(Number(mark.split(" ")[0]), "SIGTERM");
  }

  /** Ends what runs; it is written down as interrupted, and made good when a server runs again. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#children.values()].map(end));
  }

  #start(scheduled: Scheduled, run: ScheduleRun): void {
    const child = this.#launch(scheduled, run);
    this.#children.set(run.id, child);
    // From now on the run lives as long as its process, also where this server does not.
    if (child.pid !== undefined) changeRun(scheduled, run.id, { process: processMark(child.pid) });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-longestWords);
    });
    // Nothing changes where the process has written down its end itself.
    const ended = (state: "interrupted" | "failed", words: string): void => {
      this.#children.delete(run.id);
      endRun(scheduled, run.id, { state, words, code: null });
    };
    child.once("error", (error) => ended("failed", error.message));
    child.once("close", (code, signal) => {
      if (code === null) ended("interrupted", `its process was ended by ${signal}`);
      else ended("failed", `its process ended with ${code}: ${said.trim()}`);
    });
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await closed;
  clearTimeout(patience);
}

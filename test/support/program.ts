/** The command line as a program of its own: started, listened to, waited for. Needs the built program where nothing else builds it. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The program's file. */
export const program = fileURLToPath(new URL("../../bin/cartwright", import.meta.url));

export interface Outcome {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly words: string;
}

export interface RunningProgram {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
  /** Waits until standard error has a text and returns what was found. @throws when the program ends without it */
  readonly says: (text: RegExp) => Promise<RegExpExecArray>;
}

/** Starts `cartwright` with arguments, without a store of the developer's own environment. */
export function startProgram(args: readonly string[], cwd?: string): RunningProgram {
  const child = spawn(process.execPath, [program, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", DATABASE_URL: "" },
  });
  let [out, words] = ["", ""];
  const heard: { text: RegExp; done: (found: RegExpExecArray) => void }[] = [];
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    words += chunk;
    for (const { text, done } of heard) {
      const found = text.exec(words);
      if (found) done(found);
    }
  });
  const ended = new Promise<Outcome>((resolve) => child.once("close", (code) => resolve({ code, out, words })));
  const says = async (text: RegExp): Promise<RegExpExecArray> =>
    text.exec(words) ??
    (await Promise.race([
      new Promise<RegExpExecArray>((done) => heard.push({ text, done })),
      ended.then(() => Promise.reject(new Error(`ended without saying ${text}: ${words}`))),
    ]));
  return { child, ended, says };
}

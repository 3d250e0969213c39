/** Runs a command of the command line in this process and catches what it prints. */
import { vi } from "vitest";
import { main } from "../../src/cli/main.ts";

export interface ToolOutcome {
  readonly code: number;
  readonly out: string;
  readonly words: string;
}

/** Exit code, standard output and standard error of a command that needs no workspace. */
export async function runTool(...args: string[]): Promise<ToolOutcome> {
  const caught = { out: "", words: "" };
  const catchInto =
    (name: "out" | "words") =>
    (text: unknown, done?: unknown): boolean => {
      caught[name] += String(text);
      if (typeof done === "function") done(null);
      return true;
    };
  const out = vi.spyOn(process.stdout, "write").mockImplementation(catchInto("out"));
  const words = vi.spyOn(process.stderr, "write").mockImplementation(catchInto("words"));
  try {
    const code = await main(args);
    return { code, ...caught };
  } finally {
    out.mockRestore();
    words.mockRestore();
  }
}

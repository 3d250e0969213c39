import { describe, expect, it } from "vitest";
import { Answers } from "./answers.ts";

/** A question that counts its runs and is answered when told. */
function askable(name: string, version = "1", text = `answer of ${name} at ${version}`) {
  const runs: { readonly signal: AbortSignal; readonly end: () => void }[] = [];
  const answer = async (signal: AbortSignal): Promise<string> => {
    await new Promise<void>((resolve, reject) => {
      runs.push({ signal, end: resolve });
      signal.addEventListener("abort", () => reject(new Error("cancelled")));
    });
    return text;
  };
  return { question: { name, version, answer }, runs };
}

const settle = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

async function answered(answers: Answers, asked: ReturnType<typeof askable>): Promise<boolean> {
  const waiting = answers.ask(asked.question);
  await settle();
  asked.runs.at(-1)?.end();
  return (await waiting).isKept;
}

describe("kept answers", () => {
  it("run a question once for all who ask it together, and not again for who asks later", async () => {
    const answers = new Answers(1000);
    const asked = askable("a");
    const both = [answers.ask(asked.question), answers.ask(asked.question)];
    await settle();
    asked.runs[0]?.end();
    expect(await Promise.all(both)).toEqual([
      { text: "answer of a at 1", isKept: false },
      { text: "answer of a at 1", isKept: false },
    ]);
    expect(await answers.ask(asked.question)).toEqual({ text: "answer of a at 1", isKept: true });
    expect(asked.runs).toHaveLength(1);
  });

  it("of an older version do not count", async () => {
    const answers = new Answers(1000);
    expect(await answered(answers, askable("a", "1"))).toBe(false);
    expect(await answered(answers, askable("a", "2"))).toBe(false);
    expect((await answers.ask(askable("a", "2").question)).text).toBe("answer of a at 2");
  });

  it("are cancelled when the last who waits has left, not before, and may be asked again", async () => {
    const answers = new Answers(1000);
    const asked = askable("a");
    const [one, other] = [new AbortController(), new AbortController()];
    const waiting = [answers.ask(asked.question, one.signal), answers.ask(asked.question, other.signal)];
    await settle();
    one.abort();
    expect(asked.runs[0]?.signal.aborted).toBe(false);
    other.abort();
    expect(asked.runs[0]?.signal.aborted).toBe(true);
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await answered(answers, asked)).toBe(false);
    expect(asked.runs).toHaveLength(2);
  });

  it("leave a failure to those who wait, and keep nothing of it", async () => {
    const answers = new Answers(1000);
    const failing = {
      name: "a",
      version: "1",
      answer: async () => await Promise.reject(new Error("no")),
    };
    await expect(answers.ask(failing)).rejects.toThrow("no");
    expect(await answered(answers, askable("a"))).toBe(false);
  });

  it("give way, the least recently asked first, when they are more than there is room for", async () => {
    const answers = new Answers(80);
    for (const name of ["a", "b", "c", "d", "e", "f", "g", "h"])
      await answered(answers, askable(name, "1", name.repeat(10)));
    await answers.ask(askable("a").question);
    await answered(answers, askable("i", "1", "i".repeat(10)));
    expect((await answers.ask(askable("a").question)).isKept).toBe(true);
    expect(await answered(answers, askable("b"))).toBe(false);
    expect(await answered(answers, askable("large", "1", "x".repeat(11)))).toBe(false);
    expect(await answered(answers, askable("large", "1", "x".repeat(11)))).toBe(false);
  });
});

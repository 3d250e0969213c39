/** No regular expression of the program takes long over a text made to make it: each is tried with hostile ones, and has no nested quantifier. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../src/", import.meta.url));
const literal =
  /(?<=[=(,:;!&|?[{}>\n]\s*|return )\/(?![*/ ])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)(?!\w)/g;

interface Found {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

const found: readonly Found[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .flatMap((path) =>
    [...readFileSync(join(root, path), "utf8").matchAll(literal)].map(([, source = "", flags = ""]) => ({
      where: path,
      source,
      flags,
    })),
  );

const length = 20_000;
const mostMs = 500;

/** Long runs of each letter that the expression names, and of pairs of them, ended by what fits nothing. */
function hostile(source: string): readonly string[] {
  const named = [...new Set(source.replace(/\\[dswDSWbB]/g, "").match(/[^\\()[\]{}?*+|^$]/g) ?? [])];
  const letters = [...new Set([...named.slice(0, 14), "a", "0", " ", "-", '"'])];
  const runs = letters.map((letter) => letter.repeat(length));
  const pairs = letters
    .slice(0, 6)
    .flatMap((one) => letters.slice(0, 6).map((two) => `${one}${two}`.repeat(length / 2)));
  return [...runs, ...pairs].map((text) => `${text}\u0000`);
}

const context = createContext({ text: "", source: "", flags: "" });
const script = new Script("new RegExp(source, flags).test(text)");

/** Milliseconds until an expression is done with a text, at most twice the limit; the least of three tries, as others use the machine too. */
function timeOf({ source, flags }: Found, text: string): number {
  Object.assign(context, { text, source, flags: flags.replace(/[gy]/g, "") });
  let least = 2 * mostMs;
  for (let tries = 0; tries < 3 && least > mostMs; tries += 1) {
    const from = performance.now();
    try {
      script.runInContext(context, { timeout: 2 * mostMs });
      least = Math.min(least, performance.now() - from);
    } catch {
      // Stopped: it took as long as it may.
    }
  }
  return least;
}

it("finds the expressions it tries", () => {
  expect(found.length).toBeGreaterThan(250);
  for (const { source, flags, where } of found)
    expect(() => new RegExp(source, flags), `${where}: ${source}`).not.toThrow();
});

it("has no quantifier around a quantifier over the same letters", () => {
  // (a+)+, (a*)*, (a|b+)*: the classic of exponential time. Groups that begin or end with a fixed letter are told apart by it.
  const nested = found.filter(({ source }) => /\((?:\?:)?(?:\\?[\w.]|\[[^\]]*\])[+*]\)[+*]/.test(source));
  expect(nested.map(({ where, source }) => `${where}: ${source}`)).toEqual([]);
});

it("is done with each hostile text of 20,000 letters in half a second", () => {
  const slow = found.flatMap((one) => {
    const text = hostile(one.source).find((each) => timeOf(one, each) > mostMs);
    return text === undefined
      ? []
      : [`${one.where}: /${one.source}/${one.flags} on ${JSON.stringify(text.slice(0, 8))}`];
  });
  expect(slow).toEqual([]);
}, 300_000);

it("would notice an expression of exponential and one of quadratic time", () => {
  const time = (source: string, text: string) => timeOf({ where: "", source, flags: "" }, text);
  expect(time("^(a+)+$", `${"a".repeat(40)}!`)).toBeGreaterThan(mostMs);
  expect(time("a*a*a*b", "a".repeat(5_000))).toBeGreaterThan(mostMs);
});

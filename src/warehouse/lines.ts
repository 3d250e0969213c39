/** Text of the engine, line by line, and lines in portions. */
import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";

/** The lines of a stream of bytes that are not empty. A stream that ends before its end is an error here; `node:readline` would wait for ever. */
export async function* linesOf(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield line;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}

const portionCharacters = 65_536;

/** Texts joined into portions of that many characters: a chunk each would cost more than its text. Between two portions other requests have their turn. */
export async function* inPortions(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let portion = "";
  for await (const text of texts) {
    portion += text;
    if (portion.length < portionCharacters) continue;
    yield portion;
    portion = "";
    await setImmediate();
  }
  if (portion !== "") yield portion;
}

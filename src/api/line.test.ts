import { describe, expect, it } from "vitest";
import { catalogue } from "../analyses/index.ts";
import { configSchema } from "../config.ts";
import { openLines } from "./asking.ts";
import { Line, type LineBounds, noBounds, type Place } from "./line.ts";

const settle = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

/** A line whose beginnings are written down, and whose places are left by name. */
function watched(bounds: Partial<LineBounds>) {
  const line = new Line({ ...noBounds, setting: "questions.x", ...bounds });
  const begun: string[] = [];
  const places = new Map<string, Place>();
  const take = (name: string, signal?: AbortSignal): void => {
    const place = line.take(name.slice(0, 1), signal);
    places.set(name, place);
    place.turn.then(
      () => begun.push(name),
      ({ code }) => begun.push(`${name} ${code}`),
    );
  };
  const leave = async (name: string): Promise<readonly string[]> => {
    places.get(name)?.leave();
    await settle();
    return begun.splice(0);
  };
  return { line, begun, take, leave, place: (name: string) => places.get(name) };
}

describe("a line", () => {
  it("gives the next place to who has fewest running, and among equals to who came first", async () => {
    const { take, leave, begun, line } = watched({ atOnce: 2 });
    for (const name of ["a1", "a2", "a3", "a4", "b1", "b2", "c1"]) take(name);
    await settle();
    expect(begun.splice(0)).toEqual(["a1", "a2"]);
    // a has one, b and c none; b came first.
    expect(await leave("a1")).toEqual(["b1"]);
    // b has one, a and c none; a3 came first.
    expect(await leave("a2")).toEqual(["a3"]);
    // a has one, b and c none.
    expect(await leave("b1")).toEqual(["b2"]);
    // b has one, a and c none; a4 came before c1.
    expect(await leave("a3")).toEqual(["a4"]);
    expect(await leave("b2")).toEqual(["c1"]);
    expect(await leave("a4")).toEqual([]);
    expect(await leave("c1")).toEqual([]);
    expect(line.counts).toEqual({ running: 0, waiting: 0, refused: 0 });
  });

  it("lets nobody have more than their bound, though places are free", async () => {
    const { take, leave, begun, line } = watched({ atOnce: 3, atOncePerPerson: 1 });
    for (const name of ["a1", "a2", "b1"]) take(name);
    await settle();
    expect(begun.splice(0)).toEqual(["a1", "b1"]);
    expect(line.counts).toEqual({ running: 2, waiting: 1, refused: 0 });
    expect(await leave("b1")).toEqual([]);
    expect(await leave("a1")).toEqual(["a2"]);
  });

  it("refuses one more than may wait, with the time to come back, and nobody else", async () => {
    const { take, line, leave } = watched({ atOnce: 1, waitingPerPerson: 2, retryAfterSeconds: 7 });
    for (const name of ["a1", "a2", "a3"]) take(name);
    expect(() => take("a4")).toThrow("2 of your questions wait already, which is the most (questions.x)");
    try {
      take("a4");
    } catch (error) {
      expect(error).toMatchObject({ code: "too_many_questions", status: 429, details: { retry_after_seconds: 7 } });
    }
    take("b1");
    expect(line.counts).toEqual({ running: 1, waiting: 3, refused: 2 });
    await leave("a1");
    take("a5");
    expect(line.counts).toEqual({ running: 1, waiting: 3, refused: 2 });
  });

  it("is left by who leaves, whether before or after the turn, and once only", async () => {
    const { take, leave, begun, line } = watched({ atOnce: 1 });
    const leaving = new AbortController();
    take("a1");
    take("a2", leaving.signal);
    take("b1");
    leaving.abort();
    await settle();
    expect(begun.splice(0)).toEqual(["a1", "a2 cancelled"]);
    expect(await leave("a1")).toEqual(["b1"]);
    expect(await leave("a1")).toEqual([]);
    expect(await leave("a2")).toEqual([]);
    expect(line.counts).toMatchObject({ running: 1, waiting: 0 });
    const gone = AbortSignal.abort();
    take("c1", gone);
    await settle();
    expect(begun).toEqual(["c1 cancelled"]);
  });

  it("what several wait for has the turn of the one with fewest running, and stays while one of them does", async () => {
    const { take, leave, begun, place } = watched({ atOnce: 2 });
    for (const name of ["a1", "b1", "b2", "a2"]) take(name);
    await settle();
    expect(begun.splice(0)).toEqual(["a1", "b1"]);
    // Once a1 has gone a has none and b one, so that a2 would be next; but c has none either, and b2 came first.
    place("b2")?.join("c");
    place("b2")?.part("b");
    expect(await leave("a1")).toEqual(["b2"]);
  });
});

describe("the lines of a workspace whose settings are the defaults", () => {
  it("refuse no card of somebody who opens all there are at once, twice", () => {
    const { card } = openLines(configSchema.parse({}));
    for (const _ of [...catalogue, ...catalogue]) card.take("user ada");
    expect(card.counts).toEqual({ running: 8, waiting: 2 * catalogue.length - 8, refused: 0 });
  });
});

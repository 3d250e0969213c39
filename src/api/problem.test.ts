import { Writable } from "node:stream";
import Fastify from "fastify";
import { expect, it } from "vitest";
import { CartwrightError } from "../errors.ts";
import { installProblems } from "./problem.ts";

it("logs a stack for faults of ours only, and why the surroundings refuse", async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line));
      done();
    },
  });
  const server = Fastify({ logger: { level: "info", stream } });
  installProblems(server);
  const errors: Readonly<Record<string, Error>> = {
    fault: new TypeError("no such thing"),
    busy: new CartwrightError("collecting_later", "not now", {}, new Error("disk sleeps")),
    wrong: new CartwrightError("invalid_parameter", "not a number"),
  };
  server.get<{ Params: { name: string } }>("/:name", async (request) => {
    throw errors[request.params.name] ?? new Error("unknown");
  });
  const statuses: number[] = [];
  for (const name of Object.keys(errors)) statuses.push((await server.inject({ url: `/${name}` })).statusCode);
  await server.close();
  expect(statuses).toEqual([500, 503, 400]);
  const [fault, busy, wrong] = lines.map((line) => JSON.parse(line)).filter((entry) => "code" in entry);
  expect(fault).toMatchObject({ level: 50, code: "internal" });
  expect(fault.err.stack).toContain("no such thing");
  expect(busy).toMatchObject({ level: 40, code: "collecting_later", msg: "not now", cause: "disk sleeps" });
  expect(wrong).toMatchObject({
    level: 30,
    code: "invalid_parameter",
    msg: "A parameter has a value it cannot take",
  });
  expect([busy.err, wrong.err]).toEqual([undefined, undefined]);
});

/** Who asks a question, whether they still wait for its answer, and when it is their turn. */
import type { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import { Line } from "./line.ts";

/** Where questions wait for their turn: those of cards, and those that may take long. */
export interface Lines {
  readonly card: Line;
  readonly long: Line;
}

export const openLines = ({ questions }: Pick<Config, "questions">): Lines => ({
  card: new Line({
    atOnce: questions.at_once,
    atOncePerPerson: questions.at_once_per_person,
    waitingPerPerson: questions.waiting_per_person,
    setting: "questions.waiting_per_person",
    retryAfterSeconds: 2,
  }),
  long: new Line({
    atOnce: questions.long_at_once,
    atOncePerPerson: questions.long_at_once_per_person,
    waitingPerPerson: questions.long_waiting_per_person,
    setting: "questions.long_waiting_per_person",
    retryAfterSeconds: 15,
  }),
});

/** Who asks, for lines in which everybody has a share: a user, a token, or a visitor of a shared link. */
export function personOf({ signedInBy, share, ip }: Pick<FastifyRequest, "signedInBy" | "share" | "ip">): string {
  if (signedInBy) return `${signedInBy.kind} ${signedInBy.id}`;
  return share ? `share ${share.id} ${ip}` : ip;
}

/** Fires when the client goes away before its answer is whole. */
export function leavingSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const leave = (): void => {
    if (!raw.writableEnded) controller.abort();
  };
  if (raw.destroyed) leave();
  raw.once("close", leave);
  return controller.signal;
}

/** Runs a question when it is the turn of who asks, until they leave. */
export async function askAtTurn<T>(
  line: Line,
  request: FastifyRequest,
  reply: FastifyReply,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = leavingSignal(reply);
  return await line.run(personOf(request), signal, async () => await ask(signal));
}

/** A stream that is begun when it is the turn of who asks, and has its place until it is over or they leave. */
export async function streamAtTurn(
  line: Line,
  request: FastifyRequest,
  reply: FastifyReply,
  begin: (signal: AbortSignal) => Promise<Readable>,
): Promise<Readable> {
  const signal = leavingSignal(reply);
  const place = line.take(personOf(request), signal);
  try {
    await place.turn;
    const stream = await begin(signal);
    stream.once("close", place.leave);
    // Nobody may have begun to read it yet, and then nobody would end it.
    const leave = (): void => void stream.destroy();
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    return stream;
  } catch (error) {
    place.leave();
    throw error;
  }
}

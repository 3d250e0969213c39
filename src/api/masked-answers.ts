/**
 * Who sees people as they are. A viewer and a shared link get every answer with its e-mail addresses masked, whichever route gives
 * it: a new one cannot forget to. What reaches analysts whole is asked for by the route itself.
 */
import { pipeline, Readable, Transform } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { maskEmails, masked } from "../warehouse/mask.ts";
import { mayAct } from "./role.ts";

/** Whether who asks may see e-mail addresses as they are. */
export const seesPeople = ({ principal }: FastifyRequest): boolean =>
  principal !== null && mayAct(principal.role, "analyst");

/** Lines of a file or of events, each masked when it is whole. */
function maskedLines(): Transform {
  const decoder = new TextDecoder();
  let rest = "";
  return new Transform({
    decodeStrings: false,
    transform(chunk: Buffer | string, _encoding, done) {
      const lines = (rest + decoder.decode(Buffer.from(chunk), { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      done(null, lines.map((line) => `${maskedText(line)}\n`).join(""));
    },
    flush(done) {
      done(null, maskedText(rest + decoder.decode()));
    },
  });
}

/** JSON is masked within its texts, so that it stays JSON; any other text as it stands. */
function maskedText(text: string): string {
  if (!text.includes("@")) return text;
  if (!/^\s*[{[]/.test(text)) return maskEmails(text);
  try {
    return JSON.stringify(masked(JSON.parse(text)));
  } catch {
    return maskEmails(text);
  }
}

const isText = (reply: FastifyReply): boolean =>
  /^(application\/(json|problem\+json|x-ndjson)|text\/(csv|plain|event-stream))/.test(
    String(reply.getHeader("content-type") ?? ""),
  );

/** Masks the answers of those who may not see people, on every route that is not open to anyone. */
export function installMaskedAnswers(server: FastifyInstance): void {
  server.addHook("onSend", async (request, reply, payload) => {
    const { isOpen, isCollecting } = request.routeOptions.config;
    if (isOpen || isCollecting || seesPeople(request) || !isText(reply)) return payload;
    if (typeof payload === "string") return maskedText(payload);
    // Where one of the two breaks the other ends too, which whoever sends the answer notices.
    return payload instanceof Readable ? pipeline(payload, maskedLines(), () => {}) : payload;
  });
}

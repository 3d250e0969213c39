/** Answers that are compressed as they are made. Only for what holds no secret: the length of a compressed one tells of its content. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);
/** Quick rather than smallest: it is made for one answer. */
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const takes = (request: FastifyRequest, encoding: string): boolean =>
  new RegExp(`(^|,)\\s*${encoding}\\s*(,|$|;\\s*q=(1|0\\.\\d*[1-9]))`, "i").test(
    String(request.headers["accept-encoding"] ?? ""),
  );

/** The text as the client takes it, with the headers that say so. */
export async function compressed(request: FastifyRequest, reply: FastifyReply, text: string): Promise<string | Buffer> {
  reply.header("vary", "accept-encoding");
  if (takes(request, "br")) {
    reply.header("content-encoding", "br");
    return await toBrotli(text, quick);
  }
  if (takes(request, "gzip")) {
    reply.header("content-encoding", "gzip");
    return await toGzip(text);
  }
  return text;
}

/** A webhook of one's own that keeps what it gets and answers with the statuses given, then 204. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Webhook } from "../../src/webhook/index.ts";

export interface Received {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export async function receiver(statuses: number[]) {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({ body: Buffer.concat(parts).toString("utf8"), headers: request.headers });
      const status = statuses.shift() ?? 204;
      response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { received, webhook: { url, secret: "key", secretName: "KEY" } satisfies Webhook, server };
}

/** A real HTTP server that gives rows in pages, and says what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface PagedServer {
  readonly url: string;
  /** Path, parameters and authorization of each request. */
  readonly asked: { path: string; parameters: URLSearchParams; authorization: string | undefined }[];
  readonly close: () => Promise<void>;
}

export type Answer = (
  parameters: URLSearchParams,
  response: ServerResponse,
  base: string,
  request: IncomingMessage,
) => void;

/** Answers by path. */
export async function startPagedServer(answers: Readonly<Record<string, Answer>>): Promise<PagedServer> {
  const asked: PagedServer["asked"] = [];
  const server = createServer((request, response) => {
    const base = `http://${request.headers.host}`;
    const { pathname: path, searchParams: parameters } = new URL(request.url ?? "/", base);
    asked.push({ path, parameters, authorization: request.headers.authorization });
    const answer = answers[path];
    if (answer) answer(parameters, response, base, request);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const sendJson = (response: ServerResponse, value: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
};

/** Assistants over HTTP: the Model Context Protocol with a token, for those who do not start `cartwright mcp` themselves. */
import { createMcpHandler } from "@modelcontextprotocol/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type AssistantHome, createAssistantServer } from "../mcp/index.ts";
import { personOf } from "./asking.ts";
import type { ShopContext } from "./context.ts";

/** The headers the protocol reads; who asks has been checked before and is not passed on. */
const isProtocols = /^(accept|content-type|mcp-.+)$/;

/** Assistants ask analyses, whatever the method: they change nothing. */
const config = { audit: "none" } as const;

export function installAssistantRoutes(server: FastifyInstance, context: ShopContext): void {
  const { workspace } = context;
  const home = {
    own: workspace,
    config: workspace.config,
    context: async () => ({ ...(await context.analysisContext()), isPatient: true }),
  };
  const homeOf = (person: string): AssistantHome => ({
    ...home,
    atTurn: async (signal, ask) => await context.lines.long.run(person, signal, ask),
  });
  const handler = createMcpHandler(async ({ authInfo }) => createAssistantServer(homeOf(authInfo?.clientId ?? "")), {
    onerror: (error) => server.log.warn({ err: error }, "an assistant's request failed"),
  });
  server.addHook("preClose", async () => await handler.close());

  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const controller = new AbortController();
    reply.raw.once("close", () => controller.abort());
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers))
      if (typeof value === "string" && isProtocols.test(name)) headers.set(name, value);
    const { method, body } = request;
    const asked = new Request(`http://${request.host}/mcp`, {
      method,
      headers,
      signal: controller.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // Only who asks is passed on, as what its questions wait in line as.
    const authInfo = { token: "", clientId: personOf(request), scopes: [] };
    return await reply.send(
      await handler.fetch(asked, { authInfo, ...(body === undefined ? {} : { parsedBody: body }) }),
    );
  };
  server.post(
    "/mcp",
    {
      config,
      schema: {
        operationId: "mcp",
        summary: "An assistant's questions, in the Model Context Protocol",
        tags: ["shop"],
        body: {
          type: "object",
          properties: {
            jsonrpc: { const: "2.0" },
            id: { type: "integer" },
            method: { type: "string", enum: ["initialize", "ping", "tools/list", "tools/call", "resources/list"] },
            params: { type: "object" },
          },
          required: ["jsonrpc", "method"],
        },
        response: {
          200: { description: "The answer, in the protocol's words", type: "object", additionalProperties: true },
          202: { description: "Noted: the message asks for no answer", type: "null" },
          406: { description: "The client takes neither JSON nor a stream of events", type: "object" },
        },
      },
    },
    serve,
  );
  // What there is none of, a session to listen to or to end, is said in the protocol's own words.
  for (const method of ["GET", "DELETE"] as const)
    server.route({ method, url: "/mcp", config, schema: { hide: true }, handler: serve });
}

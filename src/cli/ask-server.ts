/** A request to the server that has the workspace open, with a token that ends with the answer. */
import { Credentials } from "../api/credentials.ts";
import type { Workspace } from "../workspace.ts";

export interface ServerRequest {
  /** What the token is called while it is there. */
  readonly name: string;
  readonly path: string;
  readonly method?: "GET" | "POST";
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Asks as an administrator, posting unless said otherwise; the answer has been read whole when this resolves. */
export async function askServer(
  url: string,
  { folders, clock }: Workspace,
  { name, path, method = "POST", body, signal }: ServerRequest,
): Promise<Response> {
  const credentials = new Credentials(folders.root, clock);
  const { id, secret } = credentials.createToken({ name, role: "admin" });
  try {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(method === "GET" ? {} : { "content-type": "application/json" }),
      },
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    const bytes = await answer.arrayBuffer();
    return new Response(bytes.byteLength === 0 ? null : bytes, { status: answer.status });
  } finally {
    credentials.revokeToken(id);
  }
}

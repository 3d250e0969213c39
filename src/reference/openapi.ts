import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Credentials } from "../api/credentials.ts";
import { createServer } from "../api/server.ts";
import { systemClock } from "../clock.ts";
import { configSchema } from "../config.ts";
import type { Workspace } from "../workspace.ts";

/** The OpenAPI document, from the routes themselves; no workspace is opened for it. */
export async function openApiDocument(): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-openapi-"));
  try {
    const parts = { config: configSchema.parse({}), clock: systemClock, folders: { root: folder } };
    const workspace = parts as unknown as Workspace;
    const server = await createServer({ workspace, credentials: new Credentials(folder, systemClock), logFile: null });
    await server.ready();
    const document = server.swagger();
    await server.close();
    return document;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

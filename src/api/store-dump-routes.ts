/** The embedded store for a backup: only the process that has it open can write it out, into the workspace's own folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { CartwrightError } from "../errors.ts";
import { dumpStore } from "../store/dump.ts";
import type { ShopContext } from "./context.ts";
import type { StoreServices } from "./store/services.ts";

const partialName = /^cartwright-[0-9TZ]+\.partial-\d+$/;

export function installStoreDumpRoutes(server: FastifyInstance, context: ShopContext, services: StoreServices): void {
  server.post<{ Body: { backup?: unknown } | undefined }>(
    "/api/v1/backups/store",
    {
      config: { problems: ["store_missing"], role: "admin" },
      schema: {
        operationId: "backup-store",
        summary: "Writes the embedded store into a backup that `cartwright backup` has begun; rows of each table",
        tags: ["shop"],
        body: {
          type: "object",
          properties: { backup: { type: "string", description: "Name of the begun backup's folder" } },
          required: ["backup"],
        },
      },
    },
    async (request) => {
      const name = request.body?.backup;
      const { backups } = context.workspace.folders;
      if (typeof name !== "string" || !partialName.test(name) || !existsSync(join(backups, name)))
        throw new CartwrightError("invalid_parameter", "backup must name a backup that has been begun", {
          name: "backup",
        });
      if (!services.exists()) throw new CartwrightError("store_missing", "this workspace has no store", { hint: name });
      return { rows: await dumpStore(await services.open(), join(backups, name, "store.tar.gz")) };
    },
  );
}

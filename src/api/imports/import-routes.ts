/** Routes of importing a file in the dashboard, step by step; see `ImportDesk`. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { type ErrorCode, errorKinds } from "../../errors.ts";
import { importForms } from "../../ingestion/import-forms.ts";
import { mappingSchema } from "../../ingestion/mapping.ts";
import type { ShopContext } from "../context.ts";
import { parsed } from "../parsed.ts";
import { ImportDesk } from "./import-desk.ts";
import { viewOf } from "./import-in-hand.ts";
import { currentJson, formsJson, importJson, mappingJson, problemJson, undoneJson } from "./import-schema.ts";

type ById = { Params: { id: string } };

const tags = ["data"];
/** Imports change every number of the shop. */
const config = { role: "admin" } as const;

const formSchema = z.strictObject({
  preset: z.string().max(80).optional(),
  mapping: mappingSchema.optional(),
  replace: z.int().positive().optional(),
});
const longestValue = 100_000;
const correctionSchema = z.strictObject({
  source_row: z.int().positive(),
  values: z.record(z.string().max(1000), z.string().max(longestValue)).optional(),
  raw: z.string().max(longestValue).optional(),
});

const personOf = (request: FastifyRequest): string => request.principal?.name ?? "unknown";

/** The answers of a route for its documentation: what it gives, and the problems it tells apart. */
const answers = (status: number, schema: object | null, ...problems: readonly ErrorCode[]) => {
  const byStatus = new Map<number, string[]>();
  for (const code of ["not_signed_in", "not_allowed", ...problems] as const) {
    const { status: at, title } = errorKinds[code];
    byStatus.set(at, [...(byStatus.get(at) ?? []), `${title} (${code})`]);
  }
  const documents = [...byStatus].map(([at, titles]) => [at, { description: titles.join("; "), ...problemJson }]);
  return {
    [status]: schema === null ? { description: "Gone", type: "null" } : { description: "The answer", ...schema },
    ...Object.fromEntries(documents),
  };
};

const idParam = { type: "object", properties: { id: { type: "string", description: "Id of the import in hand" } } };

export function installImportRoutes(server: FastifyInstance, context: ShopContext): void {
  let made: ImportDesk | null = null;
  const desk = (): ImportDesk => {
    made ??= new ImportDesk(context.workspace);
    return made;
  };
  // What an ended server left behind goes when this one begins.
  server.addHook("onListen", async () => void desk());
  server.addHook("onClose", async () => await made?.close());

  server.get(
    "/api/v1/imports/forms",
    {
      config,
      schema: {
        operationId: "import-forms",
        summary: "What a file can be understood as: presets, kinds of rows and their fields",
        tags,
        response: answers(200, formsJson),
      },
    },
    () => importForms,
  );

  server.get(
    "/api/v1/imports/current",
    {
      config,
      schema: {
        operationId: "current-import",
        summary: "The import in hand, whoever has it, and the size a file may have; null when there is none",
        tags,
        response: answers(200, currentJson),
      },
    },
    async () => {
      const { current } = desk();
      return { current: current && viewOf(current), max_file_bytes: await desk().mostBytes() };
    },
  );

  // A file is taken as it comes and never whole in memory, so its route reads no body.
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.post<{ Querystring: { name?: string } }>(
      "/api/v1/imports",
      {
        config,
        schema: {
          operationId: "upload-import",
          summary: "Send a file to be imported; it is looked at and not loaded yet",
          description: "The body is the file itself. One import at a time is in hand.",
          tags,
          consumes: ["application/octet-stream"],
          querystring: {
            type: "object",
            properties: { name: { type: "string", description: "The plain name of the file, with its ending" } },
            required: ["name"],
          },
          body: { type: "string", format: "binary" },
          response: answers(
            201,
            importJson,
            "file_name_refused",
            "file_unreadable",
            "import_busy",
            "file_too_large",
            "file_type_unknown",
            "disk_full",
          ),
        },
      },
      async (request, reply) => {
        const length = Number(request.headers["content-length"]);
        try {
          const declared = Number.isFinite(length) ? length : null;
          const received = await desk().receive(request.raw, request.query.name ?? "", declared, personOf(request));
          return await reply.code(201).send(viewOf(received));
        } catch (error) {
          // What is still on its way is not waited for.
          void reply.header("connection", "close");
          throw error;
        }
      },
    );
  });

  server.post<ById>(
    "/api/v1/imports/:id/form",
    {
      config,
      schema: {
        operationId: "reshape-import",
        summary: "Look at the file again: under a preset, under a mapping, in the place of a batch, or as recognised",
        tags,
        params: idParam,
        body: {
          type: "object",
          properties: {
            preset: { type: "string" },
            mapping: mappingJson,
            replace: { type: "integer", description: "Batch whose place the file takes" },
          },
        },
        response: answers(200, importJson, "invalid_parameter", "import_missing", "import_busy", "import_state"),
      },
    },
    async (request) => {
      const { preset, mapping, replace } = parsed(formSchema, request.body);
      const form = {
        ...(preset === undefined ? {} : { preset }),
        ...(mapping === undefined ? {} : { mapping }),
        ...(replace === undefined ? {} : { replace }),
      };
      return viewOf(await desk().reshape(request.params.id, personOf(request), form));
    },
  );

  server.post<ById>(
    "/api/v1/imports/:id/corrections",
    {
      config,
      schema: {
        operationId: "correct-import",
        summary: "Correct a refused row before it is loaded; without values and raw, take the correction back",
        tags,
        params: idParam,
        body: {
          type: "object",
          properties: {
            source_row: { type: "integer", description: "Row of the file from 1" },
            values: { type: "object", additionalProperties: { type: "string" }, description: "By column of the file" },
            raw: { type: "string", description: "The whole row, where it could not be taken apart" },
          },
          required: ["source_row"],
        },
        response: answers(200, importJson, "mapping_invalid", "import_missing", "import_busy", "import_state"),
      },
    },
    (request) => {
      const { source_row, values, raw } = parsed(correctionSchema, request.body);
      const correction = raw !== undefined ? { raw } : values !== undefined ? { values } : null;
      return viewOf(desk().correct(request.params.id, personOf(request), source_row, correction));
    },
  );

  server.post<ById>(
    "/api/v1/imports/:id/load",
    {
      config,
      schema: {
        operationId: "load-import",
        summary: "Begin to load; it goes on by itself, and the import in hand says how far it is",
        tags,
        params: idParam,
        response: answers(202, importJson, "import_missing", "import_busy", "import_state"),
      },
    },
    async (request, reply) => reply.code(202).send(viewOf(desk().load(request.params.id, personOf(request)))),
  );

  server.post<ById>(
    "/api/v1/imports/:id/cancel",
    {
      config,
      schema: {
        operationId: "cancel-import",
        summary: "Stop loading; what was loaded is taken back",
        tags,
        params: idParam,
        response: answers(202, importJson, "import_missing", "import_busy", "import_state"),
      },
    },
    async (request, reply) => reply.code(202).send(viewOf(desk().cancel(request.params.id, personOf(request)))),
  );

  server.delete<ById>(
    "/api/v1/imports/:id",
    {
      config,
      schema: {
        operationId: "discard-import",
        summary: "Give the import up, or close its result; the file is removed",
        tags,
        params: idParam,
        response: answers(204, null, "import_missing", "import_state"),
      },
    },
    async (request, reply) => {
      await desk().discard(request.params.id);
      return reply.code(204).send();
    },
  );

  server.post<{ Params: { batch: string } }>(
    "/api/v1/imports/batches/:batch/undo",
    {
      config,
      schema: {
        operationId: "undo-import",
        summary: "Take a batch back: its rows go, sessions, orders and figures follow",
        tags,
        params: { type: "object", properties: { batch: { type: "integer", description: "Number of the batch" } } },
        response: answers(200, undoneJson, "batch_unknown", "workspace_busy"),
      },
    },
    async (request) => {
      const { batch_key, state, kind, source, loaded_rows } = await desk().undo(Number(request.params.batch));
      return { batch_key, state, kind, source, loaded_rows };
    },
  );
}

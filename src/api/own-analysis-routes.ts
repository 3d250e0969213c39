/** Routes of the analyses a workspace brings along, and of the whole catalogue. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Analysis } from "../analyses/define.ts";
import { describeAnalysis } from "../analyses/describe.ts";
import { catalogue } from "../analyses/index.ts";
import { type OwnFault, type OwnHome, readOwnAnalyses, readOwnAnalysis } from "../analyses/own-files/index.ts";
import { CartwrightError } from "../errors.ts";
import { answer, explain, questionProblems } from "./analysis-routes.ts";
import { answerSchema, explanationSchema } from "./analysis-schema.ts";
import type { ShopContext } from "./context.ts";
import { accessOf } from "./documented-access.ts";
import { problemStatuses, withProblems } from "./documented-problems.ts";
import { isShared, type Share } from "./shares.ts";

const problems = [...questionProblems, "own_analysis_invalid"] as const;

const nameOf = (request: FastifyRequest): string => (request.params as { name: string }).name;

/** A fault as routes tell it. */
const told = ({ name, page, problem }: OwnFault) => ({
  name,
  page,
  code: problem.code,
  title: problem.title,
  detail: problem.message,
  remedy: problem.remedy,
});

/** Routes of the analyses a workspace brings along, which may come and go while the server runs. */
export function installOwnAnalysisRoutes(server: FastifyInstance, context: ShopContext): void {
  const find = (request: FastifyRequest): Analysis => {
    const name = nameOf(request);
    const analysis = readOwnAnalysis(context.workspace, name);
    if (analysis) return analysis;
    throw new CartwrightError("unknown_analysis", `there is no analysis "${name}"`);
  };
  const isSharedQuestion = (share: Share, request: FastifyRequest): boolean =>
    isShared(share, nameOf(request), request.query as Record<string, unknown>);
  server.get(
    "/api/v1/analyses/:name",
    {
      config: { problems, shared: isSharedQuestion },
      schema: {
        operationId: "own-analysis",
        summary: "The rows of an analysis of the workspace's own",
        description:
          "Takes the parameters its declaration names, and format. A server that is asked for this document lists each own analysis as an operation of its own.",
        tags: ["own"],
      },
    },
    async (request, reply) => await answer(context, find(request), request, reply),
  );
  server.get(
    "/api/v1/analyses/:name/explain",
    {
      config: { problems },
      schema: {
        operationId: "explain-own-analysis",
        summary: "How an analysis of the workspace's own is computed",
        tags: ["own"],
      },
    },
    async (request, reply) => await explain(context, find(request), request, reply),
  );
  server.get(
    "/api/v1/own-analyses",
    {
      schema: {
        operationId: "own-analyses",
        summary: "The analyses of the workspace's own, and those that are wrong with their reasons",
        tags: ["own"],
      },
    },
    () => {
      const { analyses, faults } = readOwnAnalyses(context.workspace);
      return {
        rows: analyses.map(describeAnalysis),
        faults: faults.map(told),
      };
    },
  );
  server.get(
    "/api/v1/catalogue",
    { schema: { operationId: "catalogue", summary: "Every analysis with its parameters and columns", tags: ["data"] } },
    () => ({ rows: [...catalogue, ...readOwnAnalyses(context.workspace).analyses].map(describeAnalysis) }),
  );
}

type Schema = ReturnType<typeof explanationSchema> &
  Partial<Pick<ReturnType<typeof answerSchema>, "description" | "response">>;

/** An operation of the OpenAPI document in the form its library writes those of routes. */
function operationOf({ querystring, response, ...rest }: Schema): object {
  const parameters = Object.entries(querystring.properties).map(([name, property]) => {
    const { description, ...schema } = property as { readonly description?: string };
    return { schema, in: "query", name, required: false, ...(description === undefined ? {} : { description }) };
  });
  const { description = "Default Response", ...content } = response?.[200] ?? {};
  const responses = {
    200: { description, ...(response ? { content: { "application/json": { schema: content } } } : {}) },
  };
  const statuses = problemStatuses({ method: "GET", url: "", config: { problems } }, "guarded");
  return { ...rest, parameters, responses: withProblems(responses, statuses) };
}

/** The OpenAPI document with an operation for each own analysis as it is now. */
export function withOwnOperations<D extends object>(document: D, home: OwnHome): D {
  const paths: unknown = Reflect.get(document, "paths");
  const access = accessOf("viewer", "GET", "/api/v1/analyses");
  const own = readOwnAnalyses(home).analyses.flatMap((analysis) => [
    [`/api/v1/analyses/${analysis.name}`, { get: { ...operationOf(answerSchema(analysis)), ...access } }],
    [`/api/v1/analyses/${analysis.name}/explain`, { get: { ...operationOf(explanationSchema(analysis)), ...access } }],
  ]);
  return { ...document, paths: { ...Object(paths), ...Object.fromEntries(own) } };
}

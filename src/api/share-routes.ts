/** Routes of shared links: make, list, revoke, and what a link opens. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { pages } from "../analyses/define.ts";
import { describeAnalysis } from "../analyses/describe.ts";
import { findAnalysisIn, type OwnHome, readOwnAnalyses } from "../analyses/own-files/index.ts";
import { resolveValues } from "../analyses/run.ts";
import { CartwrightError } from "../errors.ts";
import { type Board, boards, findKept, parseKept, placeFields, titleField } from "../kept/index.ts";
import type { Extent } from "../warehouse/extent.ts";
import type { ShopContext } from "./context.ts";
import { gone, made } from "./documented-answer.ts";
import { pairsOf, type Share, type SharedQuestion, type Shares } from "./shares.ts";
import { shopFacts } from "./shop-facts.ts";

const tags = ["kept"];
const mostQuestions = 100;

/** Pages that show analyses only: the others have routes of their own, or what strangers should not see of a shop. */
const sharedPages: readonly string[] = pages.filter((page) => page !== "experiments" && page !== "data");

/** The board whose place a page is; undefined for other pages. @throws kept_missing */
async function boardOf(context: ShopContext, page: string): Promise<Board | undefined> {
  const [, id] = /^boards\/(.+)$/.exec(page) ?? [];
  return id === undefined ? undefined : (await findKept(context.workspace.warehouse, boards, id)).content;
}

const day = z.iso.date().nullable().default(null);
const schema = z.strictObject({
  title: titleField,
  ...placeFields,
  days: z.int().min(1).max(365).default(30),
  first_day: day,
  last_day: day,
  questions: z
    .array(z.strictObject({ analysis: z.string(), query: z.string().max(8000) }))
    .min(1)
    .max(mostQuestions),
});

/** A link as it is listed: what it opens, never its secret. */
const listed = ({ id, title, page, search, created_by, created_at, expires_at }: Share) => ({
  id,
  title,
  page,
  search,
  created_by,
  created_at,
  expires_at: new Date(expires_at).toISOString(),
});

/** A question as it will be compared; refused when the analysis would refuse it. */
function questionOf(
  given: { readonly analysis: string; readonly query: string },
  home: OwnHome,
  extent: Extent,
): SharedQuestion {
  const analysis = findAnalysisIn(home, given.analysis);
  if (!analysis) throw new CartwrightError("unknown_analysis", `there is no analysis "${given.analysis}"`);
  const search = new URLSearchParams(given.query);
  const query = Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const values = search.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
  resolveValues(analysis, query, extent);
  return { analysis: analysis.name, pairs: pairsOf(query) };
}

export function installShareRoutes(server: FastifyInstance, context: ShopContext, shares: Shares): void {
  server.get(
    "/api/v1/shares",
    {
      config: { role: "analyst" },
      schema: { operationId: "list-shares", summary: "Shared links that still work", tags },
    },
    () => ({ rows: shares.list().map(listed) }),
  );

  server.post(
    "/api/v1/shares",
    {
      config: {
        problems: ["unknown_analysis", "segment_unknown", "model_not_trained", "kept_missing"],
        role: "analyst",
      },
      schema: {
        ...made,
        operationId: "share-page",
        summary: "Make a link that shows one page, with the questions given, without sign-in",
        description:
          "The link answers the questions given word for word and nothing else. Its secret stands behind the # of the address and is given only here.",
        tags,
        body: {
          type: "object",
          properties: {
            title: { type: "string", maxLength: 80 },
            page: { type: "string", description: `${sharedPages.join(", ")}, or boards/<id>` },
            search: { type: "string", description: "Search part of the page's address" },
            days: { type: "integer", minimum: 1, maximum: 365, default: 30, description: "Days until the link ends" },
            first_day: { type: "string", format: "date", description: "First day of the data as it was then" },
            last_day: { type: "string", format: "date" },
            questions: {
              type: "array",
              maxItems: mostQuestions,
              items: {
                type: "object",
                properties: {
                  analysis: { type: "string" },
                  query: { type: "string", description: "Query string of the analysis, without format" },
                },
                required: ["analysis", "query"],
              },
            },
          },
          required: ["title", "page", "questions"],
        },
      },
    },
    async (request, reply) => {
      const { days, questions, ...rest } = parseKept({ name: "view", word: "shared link", schema }, request.body);
      const board = await boardOf(context, rest.page);
      if (!board && !sharedPages.includes(rest.page))
        throw new CartwrightError("kept_invalid", `the page ${rest.page} cannot be shared`, { name: "page" });
      const extent = await context.extent();
      const sharing = {
        ...rest,
        ...(board ? { board } : {}),
        questions: questions.map((one) => questionOf(one, context.workspace, extent)),
      };
      const { share, secret } = shares.create(sharing, request.principal?.name ?? "unknown", days, request.tokenEnd);
      return reply.code(201).send({ ...listed(share), path: `/shared#${secret}` });
    },
  );

  server.delete<{ Params: { id: string } }>(
    "/api/v1/shares/:id",
    {
      config: { role: "analyst" },
      schema: { ...gone, operationId: "revoke-share", summary: "End a shared link at once", tags },
    },
    async (request, reply) => {
      shares.revoke(request.params.id);
      return reply.code(204).send();
    },
  );

  server.get(
    "/api/v1/shared",
    {
      config: { shared: () => true },
      schema: {
        operationId: "shared",
        summary: "What the shared link of this request opens",
        description: "Send the link's secret as `Authorization: Share`.",
        tags,
      },
    },
    async (request) => {
      if (!request.share) throw new CartwrightError("share_ended", "this request shows no shared link");
      const { first_day, last_day, board = null } = request.share;
      const { row_counts: _counts, ...shop } = await shopFacts(context);
      const asked = new Set(request.share.questions.map(({ analysis }) => analysis));
      const own = readOwnAnalyses(context.workspace).analyses.filter(({ name }) => asked.has(name));
      return {
        ...listed(request.share),
        created_by: null,
        board,
        own_analyses: own.map(describeAnalysis),
        shop: { ...shop, row_counts: {}, first_day, last_day },
      };
    },
  );
}

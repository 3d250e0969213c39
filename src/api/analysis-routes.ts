/** Routes of the catalogue: one for each built-in analysis, derived from its declaration. */
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Analysis } from "../analyses/define.ts";
import { metricsOf, readmeOf } from "../analyses/describe.ts";
import { contentTypes, type ExportFormat, exportAnalysis, exportFormats } from "../analyses/export.ts";
import { catalogue } from "../analyses/index.ts";
import { findAnalysisIn } from "../analyses/own-files/index.ts";
import { param } from "../analyses/param.ts";
import {
  type AnalysisContext,
  definitionVersion,
  type Given,
  prepareQuery,
  resolveValues,
  runAnalysis,
  sqlOf,
  type Values,
} from "../analyses/run.ts";
import { CartwrightError, type ErrorCode } from "../errors.ts";
import { findSegments, type Segment } from "../segments/index.ts";
import { lackNotices, type Notice } from "../trust/index.ts";
import { readTablesVersion } from "../warehouse/extent.ts";
import { mayDoWithout } from "../warehouse/leave-out.ts";
import { answerSchema, explanationSchema } from "./analysis-schema.ts";
import type { Passing, Question } from "./answers.ts";
import { askAtTurn, leavingSignal, personOf, streamAtTurn } from "./asking.ts";
import type { ShopContext } from "./context.ts";
import { givenOf, lookOf } from "./looks.ts";
import { seesPeople } from "./masked-answers.ts";
import { isShared } from "./shares.ts";

type Query = Record<string, unknown>;

/** The texts of a filter as the query string gives them. */
const filterValues = (given: unknown): readonly string[] => (given === undefined ? [] : param.texts("").parse(given));

/**
 * What an answer follows from beside its values: the data, the files of an own analysis, the tables it reads that change without a
 * refresh, and each segment it names, which may be saved anew and may ask for the score of a model, which may be trained anew.
 */
async function versionOf(
  { warehouse, extent }: AnalysisContext,
  { own }: Analysis,
  unrefreshed: UnrefreshedTables,
  segments: readonly Segment[],
): Promise<string> {
  const tables = unrefreshed.length === 0 ? "" : await readTablesVersion(warehouse, unrefreshed);
  const basis = `${extent.dataVersion} ${own?.revision ?? ""} ${tables}`;
  if (segments.length === 0) return basis;
  const { trained_at } = await warehouse.queryOne("select toString(max(trained_at)) as trained_at from ops_model_runs");
  const versions = segments.map(({ definition, version }) => [definition.name, version]);
  return `${basis} ${JSON.stringify([versions, trained_at])}`;
}

function etagOf(version: string, name: string): string {
  return `W/"${createHash("sha256").update(`${version} ${name}`).digest("base64url").slice(0, 22)}"`;
}

/**
 * What no version is known of: the engine's own tables but the list of columns and the parts of tables, a view of journals, and in
 * SQL of a shop's own the clock and chance. `toDayOfWeek(` is no clock: names of functions count whole.
 */
const unsteady =
  /\bsystem\.(?!(columns|parts|parts_columns)\b)|\bdim_product_history\b|\b(now|now64|nowInBlock\w*|today|yesterday|curdate|current_?(date|timestamp|user)|utc_?timestamp|rand\w*|random\w+|generate\w+)\s*\(/i;

/** The tables an answer follows that change without a refresh; "all" when it tells of the parts of tables. */
type UnrefreshedTables = readonly string[] | "all";

/** Null when the answer may change though none of its tables does: it is always asked anew. */
function unrefreshedTables(analysis: Analysis, values: Values): UnrefreshedTables | null {
  const sql = sqlOf(analysis, values).replace(/--.*$/gm, "");
  if (unsteady.test(sql)) return null;
  if (/\b(system\.parts|stored_(parts|columns)\b)/i.test(sql)) return "all";
  return [...new Set(sql.match(/\b(?:stg|ops|prd)_\w+/g))];
}

/** What a question may meet beside wrong values: a segment or a model that is not there, and too little to say anything. */
export const questionProblems: readonly ErrorCode[] = ["segment_unknown", "model_not_trained", "too_little_data"];

export function installAnalysisRoutes(server: FastifyInstance, context: ShopContext): void {
  for (const analysis of catalogue) {
    const path = `/api/v1/analyses/${analysis.name}`;
    server.get(
      path,
      {
        config: {
          problems: questionProblems,
          shared: (share, request) => isShared(share, analysis.name, request.query as Query),
        },
        schema: answerSchema(analysis),
      },
      async (request, reply) => await answer(context, analysis, request, reply),
    );
    server.get(
      `${path}/explain`,
      { config: { problems: questionProblems }, schema: explanationSchema(analysis) },
      async (request, reply) => await explain(context, analysis, request, reply),
    );
  }
}

/** Answers a request for an analysis: its rows, or a file of them. */
export async function answer(
  context: ShopContext,
  analysis: Analysis,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { format = "json", ...given } = request.query as Query;
  const shop = await context.analysisContext();
  if (format !== "json") return await sendExport(context, analysis, given, String(format), request, reply);
  const values = resolveValues(analysis, given, shop.extent);
  const [person, signal] = [personOf(request), leavingSignal(reply)];
  void reply.type("application/json; charset=utf-8").header("cache-control", "private, no-cache");
  const notices = await context.notices(analysis, values);
  const question = await questionOf(shop, analysis, given, values, notices);
  if (!question) {
    const ask = async () => await answerText(shop, analysis, given, notices, signal);
    return await reply.send(textOf(await context.lines.card.run(person, signal, ask)));
  }
  const etag = etagOf(question.version, question.name);
  void reply.header("etag", etag);
  if (request.headers["if-none-match"] === etag) return await reply.code(304).send();
  const { text, isKept, isPassing = false } = await context.answers.ask(question, signal, person);
  // Whoever shows it the tag again must not be told that the answer is still the same.
  if (isPassing) void reply.removeHeader("etag");
  context.looks.note(lookOf(analysis.name, given, values, shop.extent, context.workspace.clock.now()));
  // RFC 9211
  return await reply.header("cache-status", `cartwright; ${isKept ? "hit" : "fwd=miss"}`).send(text);
}

/** An analysis with its values as a question whose answer may be kept; null when none may. */
async function questionOf(
  shop: AnalysisContext,
  analysis: Analysis,
  given: Given,
  values: Values,
  notices: readonly Notice[],
): Promise<Question | null> {
  const unrefreshed = unrefreshedTables(analysis, values);
  if (!unrefreshed) return null;
  const segments = analysis.filters.includes("segment")
    ? await findSegments(shop.warehouse, filterValues(given.segment))
    : [];
  // While a node does not answer it may not be known which parts of tables there are.
  const version = await versionOf(shop, analysis, unrefreshed, segments).catch((error: unknown) => {
    if (mayDoWithout(shop.warehouse, error)) return null;
    throw error;
  });
  if (version === null) return null;
  return {
    name: JSON.stringify([analysis.name, values]),
    version: `${version}${notices.map(({ message }) => ` ${message}`).join("")}`,
    answer: async (signal) => await answerText(shop, analysis, given, notices, signal),
  };
}

/** What was asked this lately is answered anew at once; what was asked in the last week, once the data have been calm for a while. */
const watchedMs = 10 * 60_000;
const calmMs = 60_000;

/**
 * Answers what people look at and no answer is kept for, one question after the other, so that their next look finds it.
 * Asks for nothing that nobody looked at.
 */
export async function answerWatched(context: ShopContext, signal: AbortSignal): Promise<void> {
  context.looks.save();
  const shop = await context.analysisContext();
  const within = context.unchangedMs() > calmMs ? Number.POSITIVE_INFINITY : watchedMs;
  for (const look of context.looks.recent(within)) {
    if (signal.aborted || (await context.extent()).dataVersion !== shop.extent.dataVersion) return;
    try {
      const analysis = findAnalysisIn(context.workspace, look.analysis);
      if (!analysis) continue;
      const given = givenOf(look, shop.extent);
      const values = resolveValues(analysis, given, shop.extent);
      const question = await questionOf(shop, analysis, given, values, await context.notices(analysis, values));
      if (!question || context.answers.holds(question)) continue;
      // While a node does not answer nothing is kept, and nothing is asked ahead.
      if ((await context.answers.ask(question, signal)).isPassing) return;
    } catch (error) {
      // What cannot be answered any more, such as a question about a segment that is gone or of files that are wrong now, must not stand in the others' way.
      if (!signal.aborted) context.looks.forget(look);
      throw error;
    }
  }
}

/** The rows and what is to be said of them, as the JSON that is sent. */
async function answerText(
  shop: AnalysisContext,
  analysis: Analysis,
  given: Given,
  notices: readonly Notice[],
  signal: AbortSignal,
): Promise<string | Passing> {
  const startedAt = performance.now();
  const { rows, values, cost, lack } = await runAnalysis({ ...shop, mayLackRows: true }, analysis, given, signal);
  const told = [...lackNotices(lack, shop.extent), ...notices];
  const meta = {
    name: analysis.name,
    params: values,
    data_version: shop.extent.dataVersion,
    definition_version: definitionVersion(analysis, values),
    refreshed_at: shop.extent.refreshedAt,
    elapsed_ms: Math.round((performance.now() - startedAt) * 10) / 10,
    read_rows: cost.readRows,
    read_bytes: cost.readBytes,
    row_count: rows.length,
    ...(told.length === 0 ? {} : { notices: told }),
  };
  const text = JSON.stringify({ rows, meta });
  return lack === null ? text : { passing: text };
}

const textOf = (text: string | Passing): string => (typeof text === "string" ? text : text.passing);

async function sendExport(
  context: ShopContext,
  analysis: Analysis,
  given: Given,
  format: string,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const known = exportFormats.find((one) => one === format) as ExportFormat | undefined;
  if (!known)
    throw new CartwrightError(
      "invalid_parameter",
      `format must be one of json, ${exportFormats.join(", ")}, got "${format}"`,
      { name: "format" },
    );
  const shop = { ...(await context.analysisContext()), isPatient: true };
  const version = definitionVersion(analysis, resolveValues(analysis, given, shop.extent));
  const isMasked = !seesPeople(request);
  const stream = await streamAtTurn(context.lines.long, request, reply, async (signal) =>
    exportAnalysis(shop, analysis, given, known, { isMasked, signal }),
  );
  void reply
    .header("cartwright-data-version", shop.extent.dataVersion)
    .header("cartwright-definition-version", version)
    .header("content-disposition", `attachment; filename="${analysis.name}.${known}"`)
    .type(contentTypes[known]);
  return reply.send(stream);
}

const tablesIn = (sql: string): string[] =>
  [...new Set(sql.replace(/--.*$/gm, "").match(/\b(fct|dim|agg|stg|ops|prd)_\w+|\bsystem\.\w+/g) ?? [])].sort();

/** How an analysis is computed for the parameters of a request. */
export async function explain(context: ShopContext, analysis: Analysis, request: FastifyRequest, reply: FastifyReply) {
  const { format: _format, ...given } = request.query as Query;
  const shop = await context.analysisContext();
  const values = resolveValues(analysis, given, shop.extent);
  const { sql, bindings } = await prepareQuery(shop, analysis, values);
  const startedAt = performance.now();
  const alone = { ...given, ...(analysis.hasPeriod ? { compare: "none" } : {}) };
  const { cost } = await askAtTurn(context.lines.card, request, reply, async (signal) =>
    runAnalysis(shop, analysis, alone, signal),
  );
  return {
    name: analysis.name,
    question: analysis.question,
    grain: analysis.grain,
    definition: readmeOf(analysis),
    sql,
    derived: analysis.derive?.meaning ?? null,
    params: bindings,
    tables: tablesIn(sql),
    metrics: metricsOf(analysis),
    data_version: shop.extent.dataVersion,
    refreshed_at: shop.extent.refreshedAt,
    read_rows: cost.readRows,
    elapsed_ms: Math.round((performance.now() - startedAt) * 10) / 10,
  };
}

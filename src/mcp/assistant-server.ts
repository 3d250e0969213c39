/**
 * What an assistant may ask of a shop, over the Model Context Protocol: find an analysis, read its definition, run it. Nothing here
 * changes anything, and every answer of numbers says what they mean and of which data they are.
 */
import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Analysis } from "../analyses/define.ts";
import { describeAllParams, describeAnalysis, metricsOf, readmeOf } from "../analyses/describe.ts";
import { findAnalysisIn, type OwnHome } from "../analyses/own-files/index.ts";
import { type AnalysisContext, definitionVersion, runAnalysis } from "../analyses/run.ts";
import { type Config, currencyDecimals } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { metrics } from "../metrics/index.ts";
import { version } from "../version.ts";
import { lackMessage } from "../warehouse/leave-out.ts";
import { findAnalyses } from "./find-analyses.ts";
import { answering } from "./tool-answer.ts";

/** What the assistant is told of. */
export interface AssistantHome {
  readonly own: OwnHome;
  /** Of the shop: currency and what else its configuration says. */
  readonly config: Config;
  /** Read when a question comes: the data may have changed since the last. */
  readonly context: () => Promise<AnalysisContext>;
  /** Runs a question when it is the turn of who asks; at once where nobody else asks. */
  readonly atTurn?: <T>(signal: AbortSignal, ask: () => Promise<T>) => Promise<T>;
}

/** Rows that an assistant can still read; more are counted, not sent. */
const mostRows = 500;
const readOnly = { readOnlyHint: true, idempotentHint: true, openWorldHint: false } as const;
const analysisName = z.string().min(1).describe("Name of an analysis, as find-analyses lists it");

function analysisIn(home: AssistantHome, name: string): Analysis {
  const found = findAnalysisIn(home.own, name);
  if (!found) throw new CartwrightError("unknown_analysis", `there is no analysis "${name}"; find-analyses lists them`);
  return found;
}

function instructionsOf({ currency }: Config, { extent, timeZone }: AnalysisContext): string {
  const days = extent.firstDay === null ? "no data yet" : `data from ${extent.firstDay} to ${extent.lastDay}`;
  return `Figures of one shop: ${days}, days in ${timeZone}, columns ending in _minor in minor units, ${10 ** currencyDecimals(currency)} to the ${currency}. Find the analysis that answers the question, read its definition before its numbers, and cite the definitions that come with each answer. Never add up or average what is a ratio or a distinct count.`;
}

/** A server for one connection or one request. */
export async function createAssistantServer(home: AssistantHome): Promise<McpServer> {
  const server = new McpServer(
    { name: "cartwright", version },
    { instructions: instructionsOf(home.config, await home.context()) },
  );
  server.registerTool(
    "find-analyses",
    {
      title: "Find analyses",
      description: "Lists the analyses there are, or those whose name, question or columns hold every given word.",
      inputSchema: z.strictObject({
        words: z.string().max(200).optional().describe("Words to look for; all when left out"),
      }),
      annotations: readOnly,
    },
    async ({ words }) => await answering(async () => ({ analyses: findAnalyses(home.own, words ?? "") })),
  );
  server.registerTool(
    "describe-analysis",
    {
      title: "Describe an analysis",
      description:
        "What an analysis answers, how it is computed and read, its parameters and the meaning and unit of its columns.",
      inputSchema: z.strictObject({ name: analysisName }),
      annotations: readOnly,
    },
    async ({ name }) =>
      await answering(async () => {
        const analysis = analysisIn(home, name);
        return {
          ...describeAnalysis(analysis),
          params: describeAllParams(analysis),
          metrics: metricsOf(analysis),
          definition: readmeOf(analysis),
        };
      }),
  );
  server.registerTool(
    "run-analysis",
    {
      title: "Run an analysis",
      description: `The rows of an analysis for parameters that describe-analysis names, at most ${mostRows} of them, with what they mean and of which data they are. Without parameters the defaults hold.`,
      inputSchema: z.strictObject({
        name: analysisName,
        params: z
          .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
          .optional()
          .describe('Parameters by name, such as {"period_start": "2026-01-01", "period_end": "2026-01-31"}'),
        most_rows: z.int().min(1).max(mostRows).default(100).describe("Rows to send; the others are counted"),
      }),
      annotations: readOnly,
    },
    async ({ name, params, most_rows }, { mcpReq }) =>
      await answering(async () => await run(home, analysisIn(home, name), params ?? {}, most_rows, mcpReq.signal)),
  );
  server.registerTool(
    "define-terms",
    {
      title: "Define terms",
      description:
        "The glossary: every metric the analyses report, with its meaning, unit, and whether it may be summed.",
      annotations: readOnly,
    },
    async () => await answering(async () => ({ terms: metrics })),
  );
  return server;
}

async function run(
  home: AssistantHome,
  analysis: Analysis,
  given: Readonly<Record<string, unknown>>,
  most: number,
  signal: AbortSignal,
) {
  const context = await home.context();
  const ask = async () => await runAnalysis({ ...context, mayLackRows: true }, analysis, given, signal);
  const { rows, values, lack } = await (home.atTurn ? home.atTurn(signal, ask) : ask());
  const { title, question, grain, columns } = describeAnalysis(analysis);
  return {
    rows: rows.slice(0, most),
    row_count: rows.length,
    is_cut: rows.length > most,
    ...(lack === null ? {} : { notices: [lackMessage(lack)] }),
    params: values,
    cite: {
      analysis: analysis.name,
      title,
      question,
      grain,
      columns,
      metrics: metricsOf(analysis),
      definition_version: definitionVersion(analysis, values),
      data_version: context.extent.dataVersion,
      refreshed_at: context.extent.refreshedAt,
      currency: home.config.currency,
      minor_units: 10 ** currencyDecimals(home.config.currency),
      time_zone: context.timeZone,
    },
  };
}

/** What an analysis takes and gives over HTTP, as the OpenAPI document says it. */
import type { Analysis } from "../analyses/define.ts";
import { queryProperties } from "../analyses/describe.ts";
import { exportFormats } from "../analyses/export.ts";

function querySchema(analysis: Analysis) {
  const format = {
    type: "string",
    enum: ["json", ...exportFormats],
    default: "json",
    description: "json, or an export without a row cap",
  };
  return { type: "object", properties: { ...queryProperties(analysis.allParams), format } };
}

function rowSchema(analysis: Analysis) {
  const properties = Object.fromEntries(
    Object.entries(analysis.columns).map(([name, column]) => [name, column.schema]),
  );
  return { type: "object", properties, required: Object.keys(properties) };
}

const texts = { type: "array", items: { type: "string" } };
const noticeSchema = {
  type: "object",
  properties: {
    kind: { type: "string", enum: ["drop", "stale", "violation", "unreachable"] },
    message: { type: "string" },
    event_types: { ...texts, description: "Kinds of event it touches" },
    row_kinds: { ...texts, description: "Kinds of row it touches" },
    since_on: { type: "string", format: "date" },
    until_on: { type: ["string", "null"], format: "date", description: "Last day it touches; null while it goes on" },
  },
};

const metaSchema = {
  type: "object",
  properties: {
    name: { type: "string" },
    params: { type: "object", additionalProperties: true, description: "Parameters as resolved" },
    data_version: { type: "string" },
    definition_version: { type: "string", description: "Changes when the analysis is computed otherwise" },
    refreshed_at: { type: ["string", "null"], format: "date-time" },
    elapsed_ms: { type: "number" },
    read_rows: { type: "integer" },
    read_bytes: { type: "integer" },
    row_count: { type: "integer" },
    notices: {
      type: "array",
      items: noticeSchema,
      description: "What is wrong with the data that the rows rest on; left out when nothing is",
    },
  },
};

/** The operation that answers with the rows. */
export const answerSchema = (analysis: Analysis) => ({
  operationId: analysis.name,
  summary: analysis.title,
  description: `${analysis.question} ${analysis.grain[0]?.toUpperCase()}${analysis.grain.slice(1)}.`,
  tags: [analysis.page],
  querystring: querySchema(analysis),
  response: {
    200: {
      description: "The rows",
      type: "object",
      properties: { rows: { type: "array", items: rowSchema(analysis) }, meta: metaSchema },
    },
    304: { description: "The answer is still the one whose ETag was sent", type: "null" },
  },
});

/** The operation that explains how they are computed. */
export const explanationSchema = (analysis: Analysis) => ({
  operationId: `explain-${analysis.name}`,
  summary: `How ${analysis.title} is computed`,
  tags: [analysis.page],
  querystring: querySchema(analysis),
});

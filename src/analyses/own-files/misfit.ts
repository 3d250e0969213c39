/** Whether the parts of an own analysis fit: what the tests prove of the built-in ones is looked at when a file is read. */
import { findMetric } from "../../metrics/index.ts";
import { openScope } from "../../warehouse/scopes.ts";
import { bindingsOf } from "../../warehouse/sql-file.ts";
import { columnsOfChart, unitsOf } from "../chart-schema.ts";
import { type Analysis, commonParamNames } from "../define.ts";
import { isDataDefault, sqlOf } from "../run.ts";

/** A misfit with the part of the analysis it stands in. */
export interface Misfit {
  readonly part: "declaration" | "sql";
  readonly message: string;
}

const declared = (message: string): Misfit => ({ part: "declaration", message });
const written = (message: string): Misfit => ({ part: "sql", message });

/** Columns that answers get by themselves when periods are compared. */
const addedColumns = ["period", "aligned_on"];

function wrongChart({ columns, chart }: Analysis): Misfit | null {
  for (const [field, name] of columnsOfChart(chart)) {
    const column = columns[name];
    if (!column) return declared(`chart.${field}: there is no column "${name}"`);
    const units = unitsOf(chart.kind, field);
    if (units && !units.includes(column.unit))
      return declared(
        `chart.${field}: the column "${name}" is of unit ${column.unit}; a ${chart.kind} draws ${units.join(", ")} here`,
      );
  }
  return null;
}

function wrongName({ params, columns, datedBy, metrics }: Analysis): Misfit | null {
  const taken = Object.keys(params).find((name) => commonParamNames.includes(name) || name === "format");
  if (taken) return declared(`params.${taken}: this name belongs to every analysis; choose another`);
  const added = Object.keys(columns).find((name) => addedColumns.includes(name));
  if (added) return declared(`columns.${added}: this name belongs to the comparison of periods; choose another`);
  if (datedBy !== undefined && !(datedBy in columns)) return declared(`datedBy: there is no column "${datedBy}"`);
  const metric = metrics.find((name) => !findMetric(name));
  return metric ? declared(`metrics: there is no metric "${metric}"`) : null;
}

function wrongDefault({ params }: Analysis): Misfit | null {
  for (const [name, param] of Object.entries(params)) {
    if (isDataDefault(param.default)) continue;
    try {
      param.parse(param.default);
    } catch (error) {
      const why = error instanceof RangeError ? error.message : String(error);
      return declared(`params.${name}.default: ${why}, got ${JSON.stringify(param.default)}`);
    }
  }
  return null;
}

/** The analysis with every filter set, so that each scope reads what it can be narrowed by. */
function widestSql(analysis: Analysis): string {
  const filters = Object.fromEntries(analysis.filters.map((name) => [name, ["any"]]));
  return sqlOf(analysis, { ...openScope, ...filters });
}

function wrongBinding(analysis: Analysis): Misfit | null {
  const bound = bindingsOf(widestSql(analysis));
  const offered = new Set([...Object.keys(openScope), "time_zone"]);
  for (const [name, type] of bound) {
    const param = analysis.allParams[name];
    if (!param && analysis.hasPeriod === false && name.startsWith("period_"))
      return written(`{${name}:${type}}: the SQL reads a period, but hasPeriod is false`);
    if (!param && !offered.has(name)) return written(`{${name}:${type}}: there is no parameter "${name}"`);
    if (param && param.clickhouseType !== type)
      return written(`{${name}:${type}}: the parameter "${name}" is bound as {${name}:${param.clickhouseType}}`);
  }
  const unread = Object.keys(analysis.params).find((name) => !bound.has(name));
  if (unread)
    return written(
      `the parameter "${unread}" is not read: bind it as {${unread}:${analysis.params[unread]?.clickhouseType}}`,
    );
  if (analysis.hasPeriod && !(bound.has("period_start") && bound.has("period_end")))
    return written(
      "hasPeriod is true, but no period is read: read a scope such as scoped_lines, or bind both its days",
    );
  const idle = analysis.filters.find((name) => !bound.has(name));
  return idle
    ? written(`the filter "${idle}" narrows nothing: read a scope that takes it, such as scoped_lines`)
    : null;
}

/** The first thing that does not fit; null when everything does. */
export const misfit = (analysis: Analysis): Misfit | null =>
  wrongName(analysis) ?? wrongChart(analysis) ?? wrongDefault(analysis) ?? wrongBinding(analysis);

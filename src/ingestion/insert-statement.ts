/**
 * The insert statement for a file. Column lists depend on the file's header, so this is the one place where SQL is
 * composed: of declared expressions and positional column names only; every value from outside is a bound parameter.
 */
import { landings } from "../warehouse/landing.ts";
import { Composer, type RowForm } from "./composer.ts";
import type { ResolvedMapping } from "./mapping.ts";
import { selections } from "./selections.ts";

export interface Statement {
  readonly sql: string;
  readonly bindings: Readonly<Record<string, unknown>>;
}

/** With categories to keep: products of these, and order lines of products that are loaded with one of these. */
function keptRows(mapping: ResolvedMapping, keep: readonly string[], composer: Composer): string {
  if (keep.length === 0) return "";
  composer.bindings.keep = keep;
  if (mapping.kind.name === "products") return " and has({keep:Array(String)}, category)";
  if (mapping.kind.name !== "order_lines") return "";
  return ` and product_key in (
    select product_key from stg_products where batch_key in live_batches and has({keep:Array(String)}, category))`;
}

/** The insert for a kind of row arriving in a given form. */
export function insertStatement(
  mapping: ResolvedMapping,
  form: RowForm,
  eventTypes: readonly string[],
  keep: readonly string[] = [],
): Statement {
  const composer = new Composer(mapping, form);
  const select = selections[mapping.kind.name];
  if (!select) throw new RangeError(`no insert for ${mapping.kind.name}`);
  const columns = select(composer, eventTypes);
  if (mapping.kind.name === "product_costs") composer.refuse("cost_minor < 0");
  if (mapping.kind.name === "customers") composer.refuse("age < 0 or age > 150");
  if (mapping.kind.name === "reviews") composer.refuse("rating < 1 or rating > 5");
  const isFile = form.kind === "file";
  const inputColumns = isFile
    ? mapping.header.slice(0, mapping.header.length - mapping.pathValues.length).map((_, index) => `c${index} String`)
    : ["source_row UInt64", ...mapping.sources.map((_, index) => `f${index} String`), "unmapped String"];
  const row = isFile ? "{first_row:UInt64} + rowNumberInAllBlocks()" : "source_row";
  const names = ["batch_key", "source_row", ...Object.keys(columns)];
  const expressions = [
    "{batch_key:UInt32} as batch_key",
    `${row} as source_row`,
    ...Object.entries(columns).map(([name, sql]) => `${sql} as ${name}`),
  ];
  const refusals =
    composer.refusals.length > 0 ? composer.refusals.map((one) => `ifNull(${one}, false)`).join("\n    or ") : "false";
  const format = isFile
    ? `CSV settings format_csv_delimiter = '${form.delimiter === "\t" ? "\\t" : form.delimiter}'`
    : "TabSeparated";
  const sql = `insert into ${landings[mapping.kind.name]?.sentTo} (${names.join(", ")})
select
    ${expressions.join(",\n    ")}
from input('${inputColumns.join(", ")}')
where not throwIf(${refusals}, 'a row does not fit')${keptRows(mapping, keep, composer)}
${isFile ? format.replace(/^CSV (settings .*)$/, "$1 format CSV") : `format ${format}`}`;
  return { sql, bindings: composer.bindings };
}

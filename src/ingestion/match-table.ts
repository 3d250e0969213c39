/** A file's columns, with those that the names of its folders give, matched with a mapping and a style. */
import { fold, type ResolvedMapping, resolveMapping } from "./mapping.ts";
import type { FileStyle } from "./normalise.ts";
import type { FileOptions } from "./open-file.ts";
import { chooseMapping, styleOf, type Table } from "./recognise.ts";

export interface Matched {
  /** The table with the columns of the path at the end of its header and of its rows. */
  readonly table: Table;
  readonly mapping: ResolvedMapping;
  readonly style: FileStyle;
}

/** Columns in folder names such as `year=2019/month=11`, outermost first. */
export function columnsOfPath(path: string): { readonly name: string; readonly value: string }[] {
  return path
    .split(/[\\/]/)
    .slice(0, -1)
    .flatMap((folder) => {
      const match = /^([A-Za-z_][\w-]*)=(.*)$/.exec(folder);
      return match?.[1] ? [{ name: match[1], value: decoded(match[2] ?? "") }] : [];
    });
}

function decoded(value: string): string {
  if (value === "__HIVE_DEFAULT_PARTITION__") return "";
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Matches a table; `isOpen` says that rows may have columns which the samples do not (JSON Lines). */
export function matchTable(table: Table, options: FileOptions, path: string, isOpen = false): Matched {
  options.onTable?.(table);
  const own = new Set(table.header.map(fold));
  const further = columnsOfPath(path).filter(({ name }) => !own.has(fold(name)));
  const names = further.map(({ name }) => name);
  const { mapping, preset } = chooseMapping([...table.header, ...names], options, path);
  const known = new Set([...own, ...names.map(fold)]);
  const expected = isOpen
    ? Object.values(mapping.columns)
        .flatMap((source) => (typeof source === "string" ? source : (source.columns ?? source.column ?? [])))
        .filter((column) => !known.has(fold(column)))
    : [];
  const header = [...table.header, ...new Set(expected), ...names];
  const values = [...expected.map(() => ""), ...further.map(({ value }) => value)];
  const samples = table.samples.filter((row) => row.length === table.header.length).map((row) => [...row, ...values]);
  const whole: Table = { header, samples };
  const resolved = resolveMapping(
    mapping,
    header,
    preset,
    further.map(({ value }) => value),
  );
  const decimal = options.decimal ?? options.mapping?.decimal;
  const dateOrder = options.dateOrder ?? options.mapping?.date_order;
  const style = styleOf(whole, resolved, { ...(decimal ? { decimal } : {}), ...(dateOrder ? { dateOrder } : {}) });
  return { table: whole, mapping: resolved, style };
}

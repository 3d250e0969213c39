/** A declaration read from a file as the value every surface is derived from. */
import { type Column, type Columns, choice, nullable, rate } from "../column.ts";
import { type Analysis, type Declaration, defineAnalysis } from "../define.ts";
import { type DataDefault, type Param, type Params, param } from "../param.ts";
import { type OwnColumn, type OwnDeclaration, type OwnParam, plainColumns } from "./declaration.ts";

/** What was read of an analysis. */
export interface OwnFiles {
  readonly name: string;
  readonly declaration: OwnDeclaration;
  readonly sql: string;
  /** Where it stands, for messages: `analyses/<name>`. */
  readonly file: string;
  /** Changes with every change of its files. */
  readonly revision: string;
  /** Its words in Markdown beside it, where there are any. */
  readonly readme: URL;
}

function paramOf(declared: OwnParam): Param<unknown> {
  const { meaning } = declared;
  switch (declared.type) {
    case "day":
      return param.day(meaning, declared.default as DataDefault);
    case "integer":
      return param.integer(meaning, declared);
    case "number":
      return param.number(meaning, declared);
    case "choice":
      return param.choice(meaning, declared.values as [string, ...string[]], declared.default);
    case "choices":
      return param.choices(meaning, declared.values as [string, ...string[]], declared.default);
    case "text":
      return param.text(meaning, declared.default);
    case "texts":
      return param.texts(meaning);
    case "flag":
      return param.flag(meaning, declared.default);
  }
}

function columnOf(declared: OwnColumn): Column<unknown> {
  const { meaning } = declared;
  switch (declared.type) {
    case "choice":
      return choice(declared.values, meaning);
    case "rate":
      return rate(meaning, {
        minimum: declared.minimum ?? Number.NEGATIVE_INFINITY,
        maximum: declared.maximum ?? Number.POSITIVE_INFINITY,
      });
    default:
      return plainColumns[declared.type](meaning);
  }
}

const mapped = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Readonly<Record<string, U>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** The analysis of some files; whether its parts fit together is for `misfit` to say. */
export function toAnalysis({ name, declaration, sql, file, revision, readme }: OwnFiles): Analysis {
  const { params, columns, datedBy, ...rest } = declaration;
  const parts: Declaration<Params, Columns> = {
    ...rest,
    name,
    params: mapped(params, paramOf),
    columns: mapped(columns, (one) => (one.nullable ? nullable(columnOf(one)) : columnOf(one))),
    ...(datedBy === undefined ? {} : { datedBy }),
    sql: { text: sql },
    own: { file, revision, readme },
  };
  return defineAnalysis(parts);
}

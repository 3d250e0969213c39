/**
 * Analyses of a workspace's own: `<name>.sql` beside `<name>.json` in its folder `analyses/`. The files are read whenever
 * they are asked for, so a change counts at once; nothing in them is run but the SQL, as the reader.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CartwrightError } from "../../errors.ts";
import { readJsonDocument } from "../../json-document.ts";
import { singleStatement } from "../../warehouse/console.ts";
import { type Analysis, pages } from "../define.ts";
import { findAnalysis } from "../index.ts";
import { declarationSchema } from "./declaration.ts";
import { misfit } from "./misfit.ts";
import { toAnalysis } from "./to-analysis.ts";

/** An own analysis that cannot be used, and the page it would stand on. */
export interface OwnFault {
  readonly name: string;
  readonly page: string;
  readonly problem: CartwrightError;
}

/** Where own analyses stand, and whether their SQL can run as a user who may only read. A workspace is one. */
export interface OwnHome {
  readonly folders: { readonly analyses: string };
  readonly hasReader: boolean;
}

export interface OwnAnalyses {
  readonly analyses: readonly Analysis[];
  readonly faults: readonly OwnFault[];
}

const mostBytes = 200_000;
const nameForm = /^[a-z][a-z0-9-]{0,62}$/;

/** Whether a name can be that of an analysis: it becomes part of addresses and of file names. */
export const isAnalysisName = (name: string): boolean => nameForm.test(name);

const wrong = (file: string, message: string, page = "own", line?: number): CartwrightError =>
  new CartwrightError("own_analysis_invalid", `${file}${line === undefined ? "" : `:${line}`}: ${message}`, {
    file,
    page,
  });

function textOf(path: string, file: string): string {
  if (!existsSync(path)) throw wrong(file, "the file is missing");
  const { size } = statSync(path);
  if (size > mostBytes) throw wrong(file, `the file is larger than ${mostBytes} bytes`);
  return readFileSync(path, "utf8");
}

const pageOf = (given: unknown): string => {
  const page: unknown = typeof given === "object" && given !== null ? Reflect.get(given, "page") : undefined;
  return pages.find((one) => one === page) ?? "own";
};

function statementOf(text: string, file: string, page: string): string {
  try {
    return singleStatement(text);
  } catch (error) {
    throw error instanceof CartwrightError ? wrong(file, error.message, page) : error;
  }
}

function readFiles({ folders, hasReader }: OwnHome, name: string): Analysis {
  const folder = folders.analyses;
  const [declarationFile, sqlFile] = [`analyses/${name}.json`, `analyses/${name}.sql`];
  if (!isAnalysisName(name))
    throw wrong(declarationFile, "the name must be lower-case letters, digits and -, at most 63 of them");
  if (findAnalysis(name)) throw wrong(declarationFile, `"${name}" is the name of a built-in analysis; choose another`);
  const text = textOf(join(folder, `${name}.json`), declarationFile);
  const document = readJsonDocument(text, declarationSchema, "field");
  const page = pageOf(document.kind === "wrong" ? document.given : document.value);
  if (document.kind === "wrong") throw wrong(declarationFile, document.message, page, document.line);
  if (!hasReader)
    throw wrong(
      sqlFile,
      "the ClickHouse server has no read-only user: set warehouse.reader_user in cartwright.json",
      page,
    );
  const sql = textOf(join(folder, `${name}.sql`), sqlFile);
  const analysis = toAnalysis({
    name,
    declaration: document.value,
    sql: statementOf(sql, sqlFile, page),
    file: `analyses/${name}`,
    revision: createHash("sha256").update(`${text}\0${sql}`).digest("base64url").slice(0, 22),
    readme: pathToFileURL(join(folder, `${name}.md`)),
  });
  const found = misfit(analysis);
  if (found) throw wrong(found.part === "sql" ? sqlFile : declarationFile, found.message, page);
  return analysis;
}

/** The names that there are files for, in order. */
export function ownNames({ folders: { analyses: folder } }: OwnHome): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.(?:json|sql)$/.exec(file)?.[1] ?? []);
  return [...new Set(names)].filter((name) => !name.startsWith(".")).sort();
}

/** One own analysis; null when there are no files of the name. @throws own_analysis_invalid */
export function readOwnAnalysis(home: OwnHome, name: string): Analysis | null {
  const isThere =
    isAnalysisName(name) &&
    [".json", ".sql"].some((extension) => existsSync(join(home.folders.analyses, `${name}${extension}`)));
  return isThere ? readFiles(home, name) : null;
}

/** The analysis of a name, built in or own; null when there is none. @throws own_analysis_invalid */
export const findAnalysisIn = (home: OwnHome, name: string): Analysis | null =>
  findAnalysis(name) ?? readOwnAnalysis(home, name);

/** Every own analysis; one that is wrong stands beside the others with its reason. */
export function readOwnAnalyses(home: OwnHome): OwnAnalyses {
  const analyses: Analysis[] = [];
  const faults: OwnFault[] = [];
  for (const name of ownNames(home)) {
    try {
      analyses.push(readFiles(home, name));
    } catch (error) {
      const problem = error instanceof CartwrightError ? error : wrong(`analyses/${name}`, String(error));
      faults.push({ name, page: String(problem.details.page ?? "own"), problem });
    }
  }
  return { analyses, faults };
}

/** The answers of tools that need no workspace: rows, or one object. */
import { createHash } from "node:crypto";
import { createReadStream, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { Option } from "commander";
import { CartwrightError } from "../errors.ts";
import { formatRows, type OutputFormat, outputFormats, print } from "./output.ts";

/** `--format`, as every tool has it. */
export const formatOption = (): Option =>
  new Option("--format <format>", "form of the output").choices(outputFormats).default("table");

/** A comma-separated list of columns. */
export const columnList = (text: string | undefined): readonly string[] =>
  (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

type Answer = Readonly<Record<string, unknown>>;

/** Prints one object: as itself in JSON, else a row for each value, parts of parts named with a dot. */
export async function printAnswer(answer: Answer, format: OutputFormat): Promise<void> {
  if (format === "json" || format === "ndjson") await print(`${JSON.stringify(answer)}\n`);
  else await print(formatRows(flatten(answer, ""), ["name", "value"], format));
}

function flatten(answer: Answer, prefix: string): readonly { readonly name: string; readonly value: unknown }[] {
  return Object.entries(answer).flatMap(([name, value]) =>
    typeof value === "object" && value !== null
      ? flatten(value as Answer, `${prefix}${name}.`)
      : [{ name: `${prefix}${name}`, value }],
  );
}

/** A whole number out of a flag; an error that names flag and value when it is none, or out of bounds. */
export function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new CartwrightError(
    "invalid_parameter",
    `${flag} must be a whole number from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}, got "${text}"`,
  );
}

/** SHA-256 of a file, hexadecimal. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** The text of a model file; an error that says so when there is none. */
export async function readModel(path: string): Promise<string> {
  return await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? new CartwrightError("file_missing", `${path} does not exist`, { path }) : error;
  });
}

/** Writes a model file. */
export function writeModel(path: string, model: object): void {
  writeFileSync(path, `${JSON.stringify(model)}\n`);
}

/** Declared parameters as flags of a command: `--min-views` for `min_views`. */
import type { Command } from "commander";
import type { DescribedParam } from "../analyses/describe.ts";

const flagOf = (name: string): string => `--${name.replaceAll("_", "-")}`;

/** Adds a flag for each parameter, its default said in words because defaults may depend on the data. */
export function addParams(command: Command, params: readonly DescribedParam[]): Command {
  for (const param of params) {
    const flag = param.kind === "flag" ? `${flagOf(param.name)} [value]` : `${flagOf(param.name)} <value>`;
    const hasDefault = param.default !== null && param.default !== "" && !isEmptyList(param.default);
    command.option(flag, `${param.meaning}${hasDefault ? ` (default: ${param.default})` : ""}`);
  }
  return command;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** What was given, under the parameters' own names. */
export const givenOf = (flags: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(flags).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

import { type Command, Option } from "commander";
import { type OutputFormat, outputFormats } from "./output.ts";

/** The flags of commands that print something of a workspace. */
export interface WorkspaceFlags {
  readonly workspace?: string;
  readonly format: OutputFormat;
}

/** Adds `--workspace` and `--format`. */
export const withWorkspaceFlags = (command: Command): Command =>
  command
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"));

/** Writes commands into the audit log of the workspace they work on: all but those that only read. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { type AuditKind, AuditLog, type AuditOutcome } from "../api/audit/audit-log.ts";
import { systemClock } from "../clock.ts";
import { workspaceFolder } from "../config.ts";
import type { CartwrightError } from "../errors.ts";
import { say } from "./output.ts";

/** Commands, with those below them, that do not change a workspace, `none`, or take something out of it. Any other is a change. */
export const commandKinds: Readonly<Record<string, AuditKind | "none">> = {
  "alerts list": "none",
  "alerts log": "none",
  "analyses check": "none",
  "annotate list": "none",
  audit: "none",
  "clv fit": "none",
  "clv predict": "none",
  doctor: "none",
  "experiment analyze": "none",
  "experiment assign": "none",
  "experiment design": "none",
  "experiment effect": "none",
  "experiment readout": "none",
  export: "export",
  "export-person": "export",
  forecast: "none",
  "identity history": "none",
  "identity show": "none",
  "kept list": "none",
  "kept show": "none",
  mcp: "none",
  "ml evaluate": "none",
  "ml fit": "none",
  "ml predict": "none",
  "plan check": "none",
  "plan draft": "none",
  "plan show": "none",
  query: "none",
  "recommend evaluate": "none",
  rejects: "none",
  report: "export",
  rules: "none",
  schedules: "none",
  "schedules history": "none",
  "schedules run": "change",
  "segment export": "export",
  "segment list": "none",
  "segment show": "none",
  "segment size": "none",
  "sentiment fit": "none",
  "sentiment predict": "none",
  serve: "none",
  "share list": "none",
  sql: "query",
  start: "none",
  "store mailing list": "none",
  "store reconcile": "none",
  "store simulate": "none",
  "token list": "none",
  "user list": "none",
  "user sessions": "none",
  verify: "none",
  "write-key list": "none",
};

/** Their arguments name a customer, who stands in no log. */
const namePeople: ReadonlySet<string> = new Set(["erase", "export-person", "identity merge", "identity separate"]);

const onKey = "audited-on";

/** Notes the id of what a command has made or found, where its arguments do not say it. */
export const noteOn = (command: Command, id: string): void => {
  command.setOptionValue(onKey, id);
};

/** "token create". */
export function commandName(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${commandName(parent)} ${command.name()}` : command.name();
}

/** How a command stands in the log: as it is named, or as the one above it. */
export function kindOf(command: Command): AuditKind | "none" {
  const known = commandKinds[commandName(command)];
  const { parent } = command;
  return known ?? (parent?.parent ? kindOf(parent) : "change");
}

/** Arguments that are plain names and ids; texts, rules and paths stay out. */
const namesIn = (values: readonly unknown[]): string =>
  values
    .flat()
    .filter((value): value is string => typeof value === "string" && /^[\w.-]{1,80}$/.test(value))
    .join(" ");

const atTheMachine = { who: "command line", by: "command" } as const;
const bySchedule = { who: "schedule", by: "schedule" } as const;

/** Writes the entry of a command that has ended; `error` when it has failed. */
export function noteCommand(command: Command, error: CartwrightError | null): void {
  const what = commandName(command);
  const kind = kindOf(command);
  const flags = command.opts() as {
    readonly workspace?: string;
    readonly dryRun?: boolean;
    readonly list?: boolean;
    /** A run that the server has begun. */
    readonly run?: string;
    readonly [onKey]?: string;
  };
  if (kind === "none" || flags.dryRun || flags.list) return;
  try {
    const folder = workspaceFolder(flags.workspace);
    if (!existsSync(join(folder, "cartwright.json"))) return;
    const outcome: AuditOutcome = error === null ? "done" : error.code === "internal" ? "failed" : "refused";
    new AuditLog(folder, systemClock).append({
      kind,
      ...(flags.run === undefined ? atTheMachine : bySchedule),
      by_id: "",
      what,
      on: flags[onKey] ?? (namePeople.has(what) ? "" : namesIn(command.processedArgs)),
      outcome,
      code: error?.code ?? null,
      request_id: "",
    });
  } catch (failure) {
    say(`not in the audit log: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
}

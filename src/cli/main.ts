/** The command line. Data goes to standard output, words to standard error; exit codes are those of `errors.ts`. */
import { Command, CommanderError } from "commander";
import { type CartwrightError, toCartwrightError } from "../errors.ts";
import { version } from "../version.ts";
import { alertsCommand } from "./alerts-command.ts";
import { analysesCommand } from "./analyses-command.ts";
import { annotateCommand } from "./annotate-command.ts";
import { auditCommand } from "./audit-command.ts";
import { noteCommand } from "./audited.ts";
import { backupCommand } from "./backup-command.ts";
import { clusterCommand } from "./cluster-command.ts";
import { clvCommand } from "./clv-command.ts";
import { exportCommand, rejectsCommand } from "./data-commands.ts";
import { experimentCommand } from "./experiment-command.ts";
import { forecastCommand } from "./forecast-command.ts";
import { generateCommand } from "./generate-command.ts";
import { identityCommand } from "./identity-command.ts";
import { importCommand } from "./import-command.ts";
import { keptCommand } from "./kept-command.ts";
import { mcpCommand } from "./mcp-command.ts";
import { mlCommand } from "./ml-command.ts";
import { say } from "./output.ts";
import { eraseCommand, exportPersonCommand } from "./person-commands.ts";
import { planCommand } from "./plan-command.ts";
import { pullCommand } from "./pull-command.ts";
import { queryCommand } from "./query-command.ts";
import { recommendCommand } from "./recommend-command.ts";
import { reportCommand } from "./report-command.ts";
import { restoreCommand } from "./restore-command.ts";
import { retentionCommand } from "./retention-command.ts";
import { rulesCommand } from "./rules-command.ts";
import { schedulesCommand } from "./schedules-command.ts";
import { scoreCommand } from "./score-command.ts";
import { segmentCommand } from "./segment-command.ts";
import { sentimentCommand } from "./sentiment-command.ts";
import { demoCommand, serveCommand, startCommand } from "./serve-command.ts";
import { shareCommand } from "./share-command.ts";
import { storeCommand } from "./store-command.ts";
import { tokenCommand } from "./token-command.ts";
import { trainCommand } from "./train-command.ts";
import { userCommand } from "./user-command.ts";
import { verifyCommand } from "./verify-command.ts";
import { buildCommand, doctorCommand, initCommand, linkCommand, sqlCommand } from "./workspace-commands.ts";
import { writeKeyCommand } from "./write-key-command.ts";

/** The program with every command. */
export function createProgram(): Command {
  const program = new Command("cartwright")
    .enablePositionalOptions()
    .description("commerce intelligence: import a shop's data, ask, serve")
    .version(version)
    .showHelpAfterError("run `cartwright help` for the commands");
  const commands = [
    startCommand(),
    serveCommand(),
    initCommand(),
    importCommand(),
    pullCommand(),
    schedulesCommand(),
    queryCommand(),
    analysesCommand(),
    sqlCommand(),
    rejectsCommand(),
    segmentCommand(),
    identityCommand(),
    planCommand(),
    annotateCommand(),
    keptCommand(),
    alertsCommand(),
    exportCommand(),
    reportCommand(),
    buildCommand(),
    clusterCommand(),
    verifyCommand(),
    demoCommand(),
    generateCommand(),
    storeCommand(),
    rulesCommand(),
    experimentCommand(),
    linkCommand(),
    shareCommand(),
    userCommand(),
    tokenCommand(),
    auditCommand(),
    writeKeyCommand(),
    mlCommand(),
    forecastCommand(),
    clvCommand(),
    sentimentCommand(),
    recommendCommand(),
    trainCommand(),
    scoreCommand(),
    mcpCommand(),
    doctorCommand(),
    backupCommand(),
    restoreCommand(),
    exportPersonCommand(),
    eraseCommand(),
    retentionCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  throwInsteadOfExit(program);
  return program;
}

/** Wrong use must reach `main`, which says what to do and chooses the exit code. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) throwInsteadOfExit(child);
}

/** Runs the command line and returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  // The engine's process does not keep this one alive; without a timer, waiting for it alone would end the program early.
  const untilDone = setInterval(() => {}, 60_000);
  let running: Command | null = null;
  const note = (error: CartwrightError | null): void => {
    if (running) noteCommand(running, error);
  };
  try {
    const program = createProgram().hook("preAction", (_program, command) => {
      running = command;
    });
    await program.parseAsync([...args], { from: "user" });
    note(null);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const known = toCartwrightError(error);
    note(known);
    say(`error: ${known.title}\n  ${known.message}\n  ${known.remedy}`);
    if (known.code === "internal" && known.cause instanceof Error) say(known.cause.stack ?? "");
    return known.exitCode;
  } finally {
    clearInterval(untilDone);
  }
}

/** `cartwright analyses`: those that a workspace brings along. */
import { Command } from "commander";
import { ownNames, readOwnAnalysis, writeTemplate } from "../analyses/own-files/index.ts";
import { runAnalysis } from "../analyses/run.ts";
import { workspaceFolder } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { analysesHome, type Workspace } from "../workspace.ts";
import { formatRows, print, say } from "./output.ts";
import { analysisContext, reading } from "./session.ts";
import { type WorkspaceFlags as Flags, withWorkspaceFlags } from "./workspace-flags.ts";

interface Finding {
  readonly name: string;
  readonly status: "right" | "wrong";
  readonly row_count: number | null;
  readonly problem: string;
}

/** Reads an analysis and runs it with its defaults. */
async function findingOf(workspace: Workspace, name: string): Promise<Finding> {
  try {
    const analysis = readOwnAnalysis(workspace, name);
    if (!analysis) throw new CartwrightError("unknown_analysis", `there is no analysis "${name}" of your own`);
    const { rows } = await runAnalysis(await analysisContext(workspace), analysis, {});
    return { name, status: "right", row_count: rows.length, problem: "" };
  } catch (error) {
    if (!(error instanceof CartwrightError)) throw error;
    return { name, status: "wrong", row_count: null, problem: error.message };
  }
}

export function analysesCommand(): Command {
  const command = new Command("analyses").description("analyses of your own: begin one, look them over");
  command.addCommand(
    new Command("new")
      .description("write a working analysis into the workspace, to be changed")
      .argument("<name>", "its name: lower-case letters, digits and -")
      .option("--workspace <folder>", "the workspace's folder")
      .action((name: string, flags: { workspace?: string }) => {
        const paths = writeTemplate(analysesHome(workspaceFolder(flags.workspace)), name);
        say(`wrote ${paths.join(" and ")}; run it with \`cartwright query ${name}\``);
      }),
  );
  command.addCommand(
    withWorkspaceFlags(new Command("check"))
      .description("run each of your own analyses with its defaults and say what is wrong")
      .argument("[name]", "only this one")
      .action(async (name: string | undefined, flags: Flags) => {
        await reading(flags, "analyses check", async (workspace) => {
          const findings: Finding[] = [];
          for (const one of name === undefined ? ownNames(workspace) : [name])
            findings.push(await findingOf(workspace, one));
          await print(
            formatRows(
              findings.map((one) => ({ ...one })),
              ["name", "status", "row_count", "problem"],
              flags.format,
            ),
          );
          if (findings.some(({ status }) => status === "wrong")) process.exitCode = 2;
        });
      }),
  );
  return command;
}

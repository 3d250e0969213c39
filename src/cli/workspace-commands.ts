/** Commands about the workspace itself: init, doctor, sql, build, rejects and sign-in links. */
import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { type Role, roles } from "../api/role.ts";
import { systemClock } from "../clock.ts";
import { configSchema, workspaceFolder } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { buildOwed } from "../ingestion/import.ts";
import { findKept, savedQueries } from "../kept/index.ts";
import { build } from "../warehouse/build.ts";
import { readSqlResult } from "../warehouse/console.ts";
import { createWorkspace, requireReader } from "../workspace.ts";
import { doctor } from "./doctor.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { inWorkspace, reading } from "./session.ts";
import { baseOf, credentialsOf } from "./workspace-credentials.ts";

const formatOption = (): Option =>
  new Option("--format <format>", "form of the output").choices(outputFormats).default("table");

export function initCommand(): Command {
  return new Command("init")
    .description("make a workspace: a folder that holds one shop")
    .option("--workspace <folder>", "the folder; ./.cartwright when not given")
    .option("--name <name>", "the shop's name")
    .option("--currency <code>", "ISO 4217 code of its currency")
    .option("--time-zone <zone>", "IANA time zone in which its days are counted")
    .action((flags: { workspace?: string; name?: string; currency?: string; timeZone?: string }) => {
      const folder = workspaceFolder(flags.workspace);
      const given = {
        ...(flags.name ? { name: flags.name } : {}),
        ...(flags.currency ? { currency: flags.currency } : {}),
        ...(flags.timeZone ? { time_zone: flags.timeZone } : {}),
      };
      const outcome = configSchema.safeParse(given);
      if (!outcome.success) {
        const issue = outcome.error.issues[0];
        throw new CartwrightError("invalid_parameter", `${issue?.path.join(".")} ${issue?.message}`);
      }
      createWorkspace(folder, outcome.data);
      say(`made the workspace ${folder}; load files with \`cartwright import FILES\``);
    });
}

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("check versions, disk, memory, ports and engine, each with a remedy")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(formatOption())
    .action(async (flags: { workspace?: string; format: OutputFormat }) => {
      const findings = await doctor(workspaceFolder(flags.workspace), systemClock);
      await print(
        formatRows(
          findings.map((finding) => ({ ...finding })),
          ["check", "status", "found", "remedy"],
          flags.format,
        ),
      );
      if (findings.some((finding) => finding.status === "failed")) process.exitCode = 4;
    });
}

export function sqlCommand(): Command {
  return new Command("sql")
    .description("run one select on the warehouse as a user who can only read it")
    .argument("[statement]", "the statement; read from --file or standard input when not given")
    .option("--file <file>", "file that holds the statement")
    .option("--saved <id>", "a saved query of the console, see `cartwright kept list queries`")
    .option("--limit <rows>", "most rows to print", "1000000")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(formatOption())
    .action(
      async (
        statement: string | undefined,
        flags: { file?: string; saved?: string; limit: string; workspace?: string; format: OutputFormat },
      ) => {
        const given = flags.saved === undefined ? (statement ?? readFileSync(flags.file ?? 0, "utf8")) : null;
        await reading(flags, "sql", async (workspace) => {
          requireReader(workspace);
          const sql = given ?? (await findKept(workspace.warehouse, savedQueries, flags.saved ?? "")).content.sql;
          const result = await readSqlResult(workspace.warehouse, sql, {
            mostRows: Number(flags.limit),
            isPatient: !workspace.isOwner,
          });
          const names = result.columns.map((column) => column.name);
          const rows = result.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
          await print(formatRows(rows, names, flags.format));
          if (result.meta.is_truncated) say(`cut at ${flags.limit} rows; raise --limit to see more`);
        });
      },
    );
}

export function buildCommand(): Command {
  return new Command("build")
    .description("bring sessions, orders, dimensions and rollups up to date")
    .option("--full", "rebuild everything from the facts")
    .option("--workspace <folder>", "the workspace's folder")
    .action(async (flags: { full?: boolean; workspace?: string }) => {
      await inWorkspace(flags, "build", async (workspace) => {
        const { warehouse, config, clock } = workspace;
        await workspace.exclusively(async () => {
          if (flags.full)
            await build(warehouse, {
              config,
              clock,
              touched: null,
              reason: "full build",
              onProgress: (step) => say(`building ${step}`),
            });
          await buildOwed({ warehouse, config, clock }, "build", (step) => say(`building ${step}`));
        });
        say("everything is up to date");
      });
    });
}

export function linkCommand(): Command {
  return new Command("link")
    .description("print a sign-in link that works once, within the hour")
    .addOption(new Option("--role <role>", "what the person may do").choices(roles).default("admin"))
    .option("--name <name>", "who signs in", "owner")
    .option("--workspace <folder>", "the workspace's folder")
    .action(async (flags: { role: Role; name: string; workspace?: string }) => {
      const secret = credentialsOf(flags).createLink({ name: flags.name, role: flags.role });
      await print(`${baseOf(flags)}/sign-in?token=${secret}\n`);
    });
}

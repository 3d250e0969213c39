/** `cartwright alerts`: rules on numbers; `check` is for a schedule of one's own where no server runs. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { alerts, analysisOf, checkAlerts, listFirings, sendFirings, webhookOf } from "../alerts/index.ts";
import { CartwrightError } from "../errors.ts";
import { deleteKept, listKept, parseKept, saveKept } from "../kept/index.ts";
import { printAnswer } from "./answer.ts";
import { formatRows, print, say } from "./output.ts";
import { analysisContext, inWorkspace, reading } from "./session.ts";
import { type WorkspaceFlags as Flags, withWorkspaceFlags as withFlags } from "./workspace-flags.ts";

const actor = "command line";

function readAlert(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new CartwrightError("kept_invalid", `${path} is not JSON: ${error.message}`, { name: path });
    throw new CartwrightError("file_missing", `${path} does not exist`, { path }, error);
  }
}

function saveCommand(): Command {
  return withFlags(new Command("save").description("save the alert that a file describes"))
    .argument("<file>", "JSON as docs/manual/alerts.md shows it")
    .option("--id <id>", "change this alert, see list")
    .action(async (file: string, flags: Flags & { readonly id?: string }) => {
      const alert = parseKept(alerts, readAlert(file));
      await inWorkspace(flags, "alerts save", async (workspace) => {
        analysisOf(alert, workspace);
        const { warehouse, clock } = workspace;
        const { id, version, content } = await saveKept({ warehouse, clock, actor }, alerts, alert, flags.id);
        await printAnswer({ id, version, ...content }, flags.format);
      });
    });
}

function listCommand(): Command {
  return withFlags(new Command("list").description("every alert")).action(async (flags: Flags) => {
    await reading(flags, "alerts list", async ({ warehouse }) => {
      const rows = (await listKept(warehouse, alerts)).map(({ id, version, made_by, content }) => ({
        id,
        title: content.title,
        analysis: content.analysis,
        column: content.column,
        condition: JSON.stringify(content.condition),
        version,
        made_by,
      }));
      await print(
        formatRows(rows, ["id", "title", "analysis", "column", "condition", "version", "made_by"], flags.format),
      );
    });
  });
}

function deleteCommand(): Command {
  return new Command("delete")
    .description("delete an alert; what fired stays")
    .argument("<id>", "the alert's id, see list")
    .option("--workspace <folder>", "the workspace's folder")
    .action(async (id: string, flags: Flags) => {
      await inWorkspace(flags, `alerts delete ${id}`, async ({ warehouse, clock }) => {
        await deleteKept({ warehouse, clock, actor }, alerts, id);
        say(`deleted ${id}`);
      });
    });
}

function checkCommand(): Command {
  return withFlags(
    new Command("check").description("check every alert, and send what fired; a running server does both by itself"),
  ).action(async (flags: Flags) => {
    await inWorkspace(flags, "alerts check", async (workspace) => {
      const { warehouse, clock, config } = workspace;
      const context = await analysisContext(workspace);
      const rows = await checkAlerts({ context, clock, currency: config.currency, home: workspace });
      const names = ["id", "title", "state", "day_on", "value", "reference", "message"];
      await print(
        formatRows(
          rows.map((row) => ({ ...row })),
          names,
          flags.format,
        ),
      );
      const webhook = webhookOf(config);
      const sent = webhook ? await sendFirings({ warehouse, clock, shop: config.name, webhook }) : [];
      for (const { id, state, note } of sent) say(`${id} ${state}: ${note}`);
    });
  });
}

function logCommand(): Command {
  return withFlags(new Command("log").description("what fired, the newest first, and how its sending went")).action(
    async (flags: Flags) => {
      await reading(flags, "alerts log", async ({ warehouse }) => {
        const rows = (await listFirings(warehouse, { limit: 1000 })).map((firing) => ({ ...firing }));
        const names = ["fired_at", "alert_id", "day_on", "outcome", "message", "attempt_count", "last_action"];
        await print(formatRows(rows, [...names, "last_message"], flags.format));
      });
    },
  );
}

export function alertsCommand(): Command {
  const command = new Command("alerts").description("rules on numbers that tell when they are worth a look");
  for (const one of [listCommand(), saveCommand(), deleteCommand(), checkCommand(), logCommand()])
    command.addCommand(one);
  return command;
}

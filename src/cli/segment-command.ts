/** `cartwright segment`: named, saved definitions of customers, for filters and exports. */
import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { CartwrightError } from "../errors.ts";
import {
  deleteSegment,
  findSegment,
  listSegments,
  memberColumns,
  saveSegment,
  segmentMembers,
  segmentSize,
  segmentSizes,
} from "../segments/index.ts";
import { dayAfterLast, readExtent } from "../warehouse/extent.ts";
import { printAnswer } from "./answer.ts";
import { formatRows, outputFormats, print, say } from "./output.ts";
import { inWorkspace, reading } from "./session.ts";
import { type WorkspaceFlags as Flags, withWorkspaceFlags as withFlags } from "./workspace-flags.ts";

const actor = "command line";
const everyone = 4_294_967_295;

function ruleOf(options: { readonly rule?: string; readonly file?: string }): unknown {
  if ((options.rule === undefined) === (options.file === undefined))
    throw new CartwrightError("missing_parameter", "give the rule either as --rule JSON or in --file FILE", {
      name: "--rule",
    });
  const text = options.rule ?? readRuleFile(options.file ?? "");
  try {
    return JSON.parse(text);
  } catch {
    throw new CartwrightError("segment_invalid", `the rule is not JSON: ${text.slice(0, 80)}`);
  }
}

function readRuleFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CartwrightError("file_missing", `${path} does not exist`, { path }, error);
  }
}

function listCommand(): Command {
  return withFlags(new Command("list").description("every segment, with the customers it has")).action(
    async (flags: Flags) => {
      await reading(flags, "segment list", async ({ warehouse }) => {
        const asOf = dayAfterLast(await readExtent(warehouse));
        const rows = [];
        for (const { definition, version, history } of await listSegments(warehouse)) {
          const { customer_count } = await segmentSize(warehouse, definition.rule, asOf);
          const saved_at = history.at(-1)?.happened_at ?? null;
          rows.push({ name: definition.name, title: definition.title, customer_count, version, saved_at });
        }
        await print(formatRows(rows, ["name", "title", "customer_count", "version", "saved_at"], flags.format));
      });
    },
  );
}

interface SaveFlags extends Flags {
  readonly rule?: string;
  readonly file?: string;
  readonly title?: string;
  readonly note?: string;
}

function saveCommand(): Command {
  return withFlags(new Command("save").description("save a segment; one of the same name gets a new version"))
    .argument("<name>", "small letters, digits and hyphens")
    .option("--rule <json>", 'who belongs, such as {"all": [{"kind": "orders", "min_count": 2}]}')
    .option("--file <file>", "the same, in a file")
    .option("--title <text>", "what it is called")
    .option("--note <text>", "what it is for")
    .action(async (name: string, flags: SaveFlags) => {
      const { title, note } = flags;
      const given = { name, ...(title ? { title } : {}), ...(note ? { note } : {}), rule: ruleOf(flags) };
      await inWorkspace(flags, `segment save ${name}`, async ({ warehouse, clock }) => {
        const { definition, version } = await saveSegment(warehouse, clock, given, actor);
        const size = await segmentSize(warehouse, definition.rule, dayAfterLast(await readExtent(warehouse)));
        await printAnswer({ name, version, ...size }, flags.format);
      });
    });
}

function showCommand(): Command {
  return withFlags(new Command("show").description("a segment with its rule and history"))
    .argument("<name>", "segment")
    .action(async (name: string, flags: Flags) => {
      await reading(flags, `segment show ${name}`, async ({ warehouse }) => {
        const { definition, version, history } = await findSegment(warehouse, name);
        await printAnswer({ ...definition, version, history }, flags.format);
      });
    });
}

function sizeCommand(): Command {
  return withFlags(new Command("size").description("how many customers a segment has, and had each month"))
    .argument("<name>", "segment")
    .option("--over-time", "at the start of each month too")
    .action(async (name: string, flags: Flags & { readonly overTime?: boolean }) => {
      await reading(flags, `segment size ${name}`, async ({ warehouse }) => {
        const { definition } = await findSegment(warehouse, name);
        const extent = await readExtent(warehouse);
        const rows = flags.overTime
          ? await segmentSizes(warehouse, definition.rule, extent)
          : [await segmentSize(warehouse, definition.rule, dayAfterLast(extent))];
        const answer = rows.map((row) => ({ ...row }));
        await print(formatRows(answer, ["as_of", "customer_count", "customer_share_rate"], flags.format));
      });
    });
}

function exportMembersCommand(): Command {
  return new Command("export")
    .description("the customers of a segment, with what they brought")
    .argument("<name>", "segment")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("csv"))
    .action(async (name: string, flags: Flags) => {
      await reading(flags, `segment export ${name}`, async ({ warehouse }) => {
        const { definition } = await findSegment(warehouse, name);
        const asOf = dayAfterLast(await readExtent(warehouse));
        const rows = await segmentMembers(warehouse, definition.rule, asOf, everyone, "whole");
        await print(formatRows(rows, memberColumns, flags.format));
      });
    });
}

function deleteCommand(): Command {
  return new Command("delete")
    .description("delete a segment; its history stays")
    .argument("<name>", "segment")
    .option("--workspace <folder>", "the workspace's folder")
    .action(async (name: string, flags: Flags) => {
      await inWorkspace(flags, `segment delete ${name}`, async ({ warehouse, clock }) => {
        await deleteSegment(warehouse, clock, name, actor);
        say(`deleted ${name}`);
      });
    });
}

export function segmentCommand(): Command {
  const command = new Command("segment").description(
    "named, saved definitions of customers: filter and export by them",
  );
  const commands = [
    listCommand(),
    saveCommand(),
    showCommand(),
    sizeCommand(),
    exportMembersCommand(),
    deleteCommand(),
  ];
  for (const one of commands) command.addCommand(one);
  return command;
}

/** `cartwright identity`: which customer ids are one person, and entries that say otherwise. */
import { Command } from "commander";
import { decide, type IdentityEntry, listEntries, personGraph, undoEntry } from "../identity/index.ts";
import type { Workspace } from "../workspace.ts";
import { printAnswer } from "./answer.ts";
import { noteOn } from "./audited.ts";
import { numberOption } from "./number-option.ts";
import { formatRows, print, say } from "./output.ts";
import { inWorkspace, reading } from "./session.ts";
import { type WorkspaceFlags as Flags, withWorkspaceFlags as withFlags } from "./workspace-flags.ts";

const actor = "command line";
const entryColumns = [
  "entry",
  "happened_at",
  "actor",
  "action",
  "first_id",
  "second_id",
  "undone_entry",
  "is_undone",
  "note",
];
const linkColumns = ["from_id", "to_id", "kind", "is_followed", "since", "told_by", "entry"];

function showCommand(): Command {
  return withFlags(new Command("show").description("every id of a customer's person, and what ties them"))
    .argument("<customer>", "id as files and events name the customer")
    .action(async (customer: string, flags: Flags) => {
      await reading(flags, "identity show", async ({ warehouse }) => {
        const graph = await personGraph(warehouse, customer);
        if (flags.format === "json") return await printAnswer({ ...graph }, flags.format);
        say(`counted as ${graph.person_id}: ${graph.ids.join(", ")}`);
        const rows = graph.links.map((link) => ({ ...link }));
        await print(formatRows(rows, linkColumns, flags.format));
      });
    });
}

function historyCommand(): Command {
  return withFlags(new Command("history").description("every manual entry, oldest first")).action(
    async (flags: Flags) => {
      await reading(flags, "identity history", async ({ warehouse }) => {
        const rows = (await listEntries(warehouse)).map((entry) => ({ ...entry }));
        await print(formatRows(rows, entryColumns, flags.format));
      });
    },
  );
}

async function change(
  self: Command,
  flags: Flags,
  work: (workspace: Workspace) => Promise<IdentityEntry>,
): Promise<void> {
  await inWorkspace(flags, `identity ${self.name()}`, async (workspace) => {
    const entry = await workspace.exclusively(() => work(workspace));
    noteOn(self, String(entry.entry));
    await print(formatRows([{ ...entry }], entryColumns, flags.format));
  });
}

const pairCommand = (action: "merge" | "separate", description: string, first: string): Command =>
  withFlags(new Command(action).description(description))
    .argument("<first>", first)
    .argument("<second>", "id of the other customer")
    .option("--note <text>", "why")
    .action(async (first: string, second: string, flags: Flags & { readonly note?: string }, self: Command) => {
      await change(self, flags, (workspace) => decide(workspace, action, { first, second, note: flags.note }, actor));
    });

function undoCommand(): Command {
  return withFlags(new Command("undo").description("take a merge or a separation back"))
    .argument("<entry>", "number of the entry, see `cartwright identity history`")
    .action(async (entry: string, flags: Flags, self: Command) => {
      await change(self, flags, (workspace) => undoEntry(workspace, numberOption("entry", entry), actor));
    });
}

export function identityCommand(): Command {
  const command = new Command("identity").description("which customer ids are one person: see, merge, separate, undo");
  const commands = [
    showCommand(),
    historyCommand(),
    pairCommand("merge", "count two customers as one person", "id of the customer whose id the person keeps"),
    pairCommand("separate", "never count two customers as one person", "id of a customer"),
    undoCommand(),
  ];
  for (const one of commands) command.addCommand(one);
  return command;
}

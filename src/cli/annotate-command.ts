/** `cartwright annotate`: notes on days, shown on the dashboard's charts over time. */
import { Command } from "commander";
import { type Annotation, annotations, deleteKept, listKept, saveKept } from "../kept/index.ts";
import { printAnswer } from "./answer.ts";
import { formatRows, print, say } from "./output.ts";
import { inWorkspace, reading } from "./session.ts";
import { type WorkspaceFlags as Flags, withWorkspaceFlags as withFlags } from "./workspace-flags.ts";

const actor = "command line";

interface AddFlags extends Flags {
  readonly to?: string;
  readonly page?: string;
  readonly analysis?: string;
}

export function annotateCommand(): Command {
  const command = new Command("annotate").description("notes on days, shown on charts over time");
  command.addCommand(
    withFlags(new Command("add").description("note what happened on a day or over some"))
      .argument("<day>", "the day, YYYY-MM-DD")
      .argument("<text>", "what happened")
      .option("--to <day>", "last day, when it lasted longer")
      .option("--page <page>", "only on this page")
      .option("--analysis <name>", "only on this analysis")
      .action(async (day: string, text: string, flags: AddFlags) => {
        const { to, page, analysis } = flags;
        const given = {
          first_on: day,
          text,
          ...(to ? { last_on: to } : {}),
          ...(page ? { page } : {}),
          ...(analysis ? { analysis } : {}),
        };
        await inWorkspace(flags, "annotate add", async ({ warehouse, clock }) => {
          const { id, content } = await saveKept<Annotation>({ warehouse, clock, actor }, annotations, given);
          await printAnswer({ id, ...content }, flags.format);
        });
      }),
  );
  command.addCommand(
    withFlags(new Command("list").description("every note, by day")).action(async (flags: Flags) => {
      await reading(flags, "annotate list", async ({ warehouse }) => {
        const rows = (await listKept(warehouse, annotations))
          .map(({ id, made_by, content }) => ({ id, made_by, ...content }))
          .sort((a, b) => (a.first_on < b.first_on ? -1 : 1));
        const names = ["id", "first_on", "last_on", "text", "page", "analysis", "made_by"];
        await print(formatRows(rows, names, flags.format));
      });
    }),
  );
  command.addCommand(
    new Command("delete")
      .description("delete a note; its history stays")
      .argument("<id>", "the note's id, see list")
      .option("--workspace <folder>", "the workspace's folder")
      .action(async (id: string, flags: Flags) => {
        await inWorkspace(flags, `annotate delete ${id}`, async ({ warehouse, clock }) => {
          await deleteKept({ warehouse, clock, actor }, annotations, id);
          say(`deleted ${id}`);
        });
      }),
  );
  return command;
}

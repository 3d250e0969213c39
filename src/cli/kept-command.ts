/** `cartwright kept`: the views, boards and queries people keep, listed, shown and deleted. */
import { Argument, Command } from "commander";
import { boards, deleteKept, findKept, type KeptKind, listKept, savedQueries, savedViews } from "../kept/index.ts";
import { printAnswer } from "./answer.ts";
import { formatRows, print, say } from "./output.ts";
import { inWorkspace, reading } from "./session.ts";
import { type WorkspaceFlags as Flags, withWorkspaceFlags } from "./workspace-flags.ts";

type Titled = { readonly title: string };

const kinds: Readonly<Record<string, KeptKind<Titled>>> = { views: savedViews, boards, queries: savedQueries };

/** The kind an argument names; which ones there are the argument itself has checked. */
function kindOf(name: string): KeptKind<Titled> {
  const kind = kinds[name];
  if (!kind) throw new RangeError(`no kind ${name}`);
  return kind;
}

const kindArgument = (): Argument => new Argument("<kind>", "what is kept").choices(Object.keys(kinds));

export function keptCommand(): Command {
  const command = new Command("kept").description("saved views, boards and queries: list, show, delete");
  command.addCommand(
    withWorkspaceFlags(new Command("list").description("every one of a kind, by title"))
      .addArgument(kindArgument())
      .action(async (name: string, flags: Flags) => {
        await reading(flags, `kept list ${name}`, async ({ warehouse }) => {
          const rows = (await listKept(warehouse, kindOf(name)))
            .map(({ id, made_by, made_at, version, content: { title } }) => ({ id, title, made_by, made_at, version }))
            .sort((a, b) => a.title.localeCompare(b.title));
          await print(formatRows(rows, ["id", "title", "made_by", "made_at", "version"], flags.format));
        });
      }),
  );
  command.addCommand(
    withWorkspaceFlags(new Command("show").description("what one holds"))
      .addArgument(kindArgument())
      .argument("<id>", "its id, see list")
      .action(async (name: string, id: string, flags: Flags) => {
        await reading(flags, `kept show ${name}`, async ({ warehouse }) => {
          const { content, ...rest } = await findKept(warehouse, kindOf(name), id);
          await printAnswer({ ...rest, ...content }, flags.format);
        });
      }),
  );
  command.addCommand(
    new Command("delete")
      .description("delete one; its history stays")
      .addArgument(kindArgument())
      .argument("<id>", "its id, see list")
      .option("--workspace <folder>", "the workspace's folder")
      .action(async (name: string, id: string, flags: { workspace?: string }) => {
        await inWorkspace(flags, `kept delete ${name}`, async ({ warehouse, clock }) => {
          await deleteKept({ warehouse, clock, actor: "command line" }, kindOf(name), id);
          say(`deleted ${id}`);
        });
      }),
  );
  return command;
}

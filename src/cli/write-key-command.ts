/** `cartwright write-key`: keys that may send events and do nothing else. */
import { Command, Option } from "commander";
import { noteOn } from "./audited.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { credentialsOf } from "./workspace-credentials.ts";

export function writeKeyCommand(): Command {
  const command = new Command("write-key").description("keys for sending events: create, list, revoke");
  command
    .command("create")
    .description("make a key; it is printed once")
    .requiredOption("--name <name>", "where events come from")
    .option("--workspace <folder>", "the workspace's folder")
    .action(async (flags: { name: string; workspace?: string }, create: Command) => {
      const { id, key } = credentialsOf(flags).createWriteKey(flags.name);
      noteOn(create, id);
      say(`write key ${id}; it is not shown again`);
      await print(`${key}\n`);
    });
  command
    .command("list")
    .description("list the keys, without the keys themselves")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (flags: { workspace?: string; format: OutputFormat }) => {
      const rows = credentialsOf(flags)
        .listWriteKeys()
        .map(({ id, name, created_at }) => ({ id, name, created_at }));
      await print(formatRows(rows, ["id", "name", "created_at"], flags.format));
    });
  command
    .command("revoke")
    .description("end a key at once")
    .argument("<id>", "the key's id")
    .option("--workspace <folder>", "the workspace's folder")
    .action((id: string, flags: { workspace?: string }) => {
      credentialsOf(flags).revokeWriteKey(id);
      say(`write key ${id} is revoked`);
    });
  return command;
}

/** `cartwright share`: links that show one page of the dashboard without sign-in. They are made on the page itself. */
import { Command, Option } from "commander";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { credentialsOf } from "./workspace-credentials.ts";

export function shareCommand(): Command {
  const command = new Command("share").description("shared links: list, revoke; they are made on the dashboard");
  command
    .command("list")
    .description("links that still work, without their secrets")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (flags: { workspace?: string; format: OutputFormat }) => {
      const rows = credentialsOf(flags)
        .shares.list()
        .map(({ id, title, page, search, created_by, expires_at }) => ({
          id,
          title,
          page,
          search,
          created_by,
          expires_at: new Date(expires_at).toISOString(),
        }));
      await print(formatRows(rows, ["id", "title", "page", "search", "created_by", "expires_at"], flags.format));
    });
  command
    .command("revoke")
    .description("end a shared link at once")
    .argument("<id>", "the link's id")
    .option("--workspace <folder>", "the workspace's folder")
    .action((id: string, flags: { workspace?: string }) => {
      credentialsOf(flags).shares.revoke(id);
      say(`shared link ${id} is revoked`);
    });
  return command;
}

/** `cartwright share`: links that show one page of the dashboard without sign-in. They are made on the page itself. */
import { Command, Option } from "commander";
import { Credentials } from "../api/credentials.ts";
import { systemClock } from "../clock.ts";
import { readConfig, workspaceFolder } from "../config.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";

const sharesOf = (flag: string | undefined) => {
  const folder = workspaceFolder(flag);
  readConfig(folder);
  return new Credentials(folder, systemClock).shares;
};

export function shareCommand(): Command {
  const command = new Command("share").description("shared links: list, revoke; they are made on the dashboard");
  command
    .command("list")
    .description("links that still work, without their secrets")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (flags: { workspace?: string; format: OutputFormat }) => {
      const rows = sharesOf(flags.workspace)
        .list()
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
      sharesOf(flags.workspace).revoke(id);
      say(`shared link ${id} is revoked`);
    });
  return command;
}

/** `cartwright restore`: a workspace out of a backup. */
import { Command } from "commander";
import { restore } from "../backup/index.ts";
import { systemClock } from "../clock.ts";
import { workspaceFolder } from "../config.ts";
import { sayWhatIsElsewhere } from "./backup-command.ts";
import { say } from "./output.ts";
import { interruptSignal } from "./session.ts";

interface RestoreFlags {
  readonly workspace?: string;
  readonly replace?: boolean;
  readonly erasures?: string;
  readonly settings?: string;
}

export function restoreCommand(): Command {
  return new Command("restore")
    .description("make a workspace out of a backup, after checking every byte of it")
    .argument("<backup>", "the backup's folder")
    .option("--workspace <folder>", "the folder to restore into; it must be empty unless --replace is given")
    .option(
      "--replace",
      "take the place of the workspace that is there, which is kept aside until the backup is in its place",
    )
    .option(
      "--erasures <folder>",
      "a workspace, or `files` of a newer backup: whoever was erased there is erased in the backup too",
    )
    .option(
      "--settings <file>",
      "a cartwright.json in place of the backup's, which names another warehouse for its rows",
    )
    .action(async (backup: string, flags: RestoreFlags) => {
      const folder = workspaceFolder(flags.workspace);
      const manifest = await restore(backup, folder, {
        replace: flags.replace ?? false,
        clock: systemClock,
        erasures: flags.erasures,
        settings: flags.settings,
        signal: interruptSignal(),
        onProgress: say,
      });
      sayWhatIsElsewhere(manifest);
      say(`${folder} is the workspace of ${manifest.started_at}; \`cartwright verify\` recomputes it`);
    });
}

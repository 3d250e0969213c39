/** `cartwright retention`: lets go of what is older than the settings say. */
import { Command } from "commander";
import { letGo, listOutlived, type RetainedPart } from "../privacy/index.ts";
import type { Workspace } from "../workspace.ts";
import { formatRows, print, say } from "./output.ts";
import { byServerOrHere, withStoreIfAny } from "./person-commands.ts";
import { inWorkspace } from "./session.ts";
import { type WorkspaceFlags, withWorkspaceFlags } from "./workspace-flags.ts";

interface RetentionFlags extends WorkspaceFlags {
  readonly dryRun?: boolean;
}

/** Lets go of what the settings say, or only tells it; by the running server when there is one, which has the store open. */
export async function retain(workspace: Workspace, isDryRun: boolean): Promise<readonly RetainedPart[]> {
  const { rows } = await byServerOrHere<{ readonly rows: readonly RetainedPart[] }>(
    workspace,
    "/api/v1/personal-data/retention",
    { dry_run: isDryRun },
    async () => ({
      rows: await withStoreIfAny(workspace, (store) => (isDryRun ? listOutlived : letGo)(workspace, store)),
    }),
  );
  return rows;
}

export function retentionCommand(): Command {
  return withWorkspaceFlags(new Command("retention"))
    .description("let go of properties of events, refused rows and mails that are older than the settings say")
    .option("--dry-run", "only say what would go, by place and month")
    .action(async (flags: RetentionFlags) => {
      await inWorkspace(flags, "retention", async (workspace) => {
        const isDryRun = flags.dryRun ?? false;
        const rows = await retain(workspace, isDryRun);
        await print(
          formatRows(
            rows.map((row) => ({ ...row })),
            ["place", "month", "row_count", "byte_count"],
            flags.format,
          ),
        );
        const bytes = rows.reduce((sum, one) => sum + one.byte_count, 0);
        if (Object.keys(workspace.config.retention).length === 0)
          say("everything is kept: set retention.properties_months, rejects_months or mails_months in cartwright.json");
        else say(`${bytes} bytes ${isDryRun ? "would go" : "are gone"}`);
      });
    });
}

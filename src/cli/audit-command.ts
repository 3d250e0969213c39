/** `cartwright audit`: who changed, exported and signed in. */
import { Command, Option } from "commander";
import { AuditLog, auditKinds } from "../api/audit/audit-log.ts";
import { parseAuditSearch } from "../api/audit/audit-request.ts";
import { systemClock } from "../clock.ts";
import { readConfig, workspaceFolder } from "../config.ts";
import { formatRows, print, say } from "./output.ts";
import { type WorkspaceFlags, withWorkspaceFlags } from "./workspace-flags.ts";

const columns = ["at", "kind", "who", "by", "by_id", "what", "on", "outcome", "code", "request_id"];
const shortColumns = ["at", "who", "what", "on", "outcome"];

export function auditCommand(): Command {
  return withWorkspaceFlags(new Command("audit"))
    .description("read the audit log, latest first: who changed, exported and signed in")
    .option("--who <name>", "name or id of a user or token")
    .option("--what <part>", "part of an operation or command")
    .addOption(new Option("--kind <kind>", "what sort of entry").choices(auditKinds))
    .option("--since <day>", "first day or instant, UTC")
    .option("--until <day>", "day or instant before which, UTC")
    .option("--before <place>", "where the page before ended")
    .option("--limit <rows>", "rows of a page", "50")
    .action(async ({ workspace, format, ...asked }: WorkspaceFlags) => {
      const folder = workspaceFolder(workspace);
      readConfig(folder);
      const { rows, next } = await new AuditLog(folder, systemClock).read(parseAuditSearch(asked));
      await print(
        formatRows(
          rows.map((row) => ({ ...row })),
          format === "table" ? shortColumns : columns,
          format,
        ),
      );
      if (next !== null) say(`more: --before ${next}`);
    });
}

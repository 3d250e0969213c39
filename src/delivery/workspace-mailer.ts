import { join } from "node:path";
import { secretFromEnvironment } from "../config.ts";
import { folderMailer, type Mailer, smtpMailer } from "../store/mail/mailer.ts";
import type { Workspace } from "../workspace.ts";

/** Sends the mails of a workspace: by its mail server, or without one into its folder `mail/`. */
export function workspaceMailer({ config, folders, clock }: Workspace): Mailer {
  const url = secretFromEnvironment(config.store.smtp_url_env);
  if (url !== "") return smtpMailer(url, config.store.mail_from);
  // Described routes have no folder; a served workspace has.
  return folderMailer(join(folders?.root ?? "", "mail"), clock);
}

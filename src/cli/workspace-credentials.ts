import { Credentials } from "../api/credentials.ts";
import { systemClock } from "../clock.ts";
import { readConfig, workspaceFolder } from "../config.ts";

/** Who may sign in to the workspace that a command names. @throws workspace_missing where there is none */
export function credentialsOf(flags: { readonly workspace?: string }): Credentials {
  const folder = workspaceFolder(flags.workspace);
  readConfig(folder);
  return new Credentials(folder, systemClock);
}

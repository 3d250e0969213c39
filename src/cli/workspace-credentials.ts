import { Credentials } from "../api/credentials.ts";
import { systemClock } from "../clock.ts";
import { readConfig, workspaceFolder } from "../config.ts";
import { Workspace } from "../workspace.ts";

interface Flags {
  readonly workspace?: string;
}

/** Who may sign in to the workspace that a command names. @throws workspace_missing where there is none */
export function credentialsOf(flags: Flags): Credentials {
  const folder = workspaceFolder(flags.workspace);
  readConfig(folder);
  return new Credentials(folder, systemClock);
}

/** Where the workspace's dashboard is, or will be. @throws workspace_missing */
export function baseOf(flags: Flags): string {
  const folder = workspaceFolder(flags.workspace);
  const { server } = readConfig(folder);
  return Workspace.serverUrl(folder) ?? `http://${server.host}:${server.port}`;
}

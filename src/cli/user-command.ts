/** `cartwright user`: people who use this workspace. */
import { Command, Option } from "commander";
import { parseNewUser } from "../api/people/user-request.ts";
import { linkOf } from "../api/people/user-routes.ts";
import type { MadeLink } from "../api/people/users.ts";
import { type Role, roles } from "../api/role.ts";
import { noteOn } from "./audited.ts";
import { formatRows, print, say } from "./output.ts";
import { baseOf, credentialsOf } from "./workspace-credentials.ts";
import { type WorkspaceFlags, withWorkspaceFlags } from "./workspace-flags.ts";

interface Flags {
  readonly workspace?: string;
}

const workspaceOption = ["--workspace <folder>", "the workspace's folder"] as const;

async function printLink(flags: Flags, made: MadeLink, command: Command): Promise<void> {
  noteOn(command, made.user.id);
  const { path, expires_at } = linkOf(made);
  const { name, id } = made.user;
  say(`${name} (${id}) chooses a password with this link; it works once, until ${expires_at}`);
  await print(`${baseOf(flags)}${path}\n`);
}

export function userCommand(): Command {
  const command = new Command("user").description("people who use this workspace: invite, list, role, disable");
  command
    .command("invite")
    .description("make a user, and print a link to choose a password")
    .requiredOption("--name <name>", "what the user is called")
    .requiredOption("--email <address>", "address to sign in with")
    .addOption(new Option("--role <role>", "what the user may do").choices(roles).default("viewer"))
    .option(...workspaceOption)
    .action(async (asked: Flags & { name: string; email: string; role: Role }, invite: Command) => {
      const { name, email, role } = asked;
      const made = credentialsOf(asked).users.invite(parseNewUser({ name, email, role }), "command line");
      await printLink(asked, made, invite);
    });
  command
    .command("link")
    .description("print a new link to choose a password, for who lost the first or forgot the password")
    .argument("<user>", "id or e-mail address")
    .option(...workspaceOption)
    .action(async (user: string, flags: Flags, link: Command) => {
      await printLink(flags, credentialsOf(flags).users.renewLink(user), link);
    });
  withWorkspaceFlags(command.command("list"))
    .description("list the users with their roles and last sign-ins")
    .action(async (flags: WorkspaceFlags) => {
      const columns = ["id", "name", "email", "role", "state", "created_at", "created_by", "last_sign_in_at"];
      await print(
        formatRows(
          credentialsOf(flags)
            .users.list()
            .map((user) => ({ ...user })),
          columns,
          flags.format,
        ),
      );
    });
  command
    .command("role")
    .description("change what a user may do; this ends the user's sessions")
    .argument("<user>", "id or e-mail address")
    .addArgument(command.createArgument("<role>", "the new role").choices(roles))
    .option(...workspaceOption)
    .action((user: string, role: Role, flags: Flags, change: Command) => {
      const { name, id } = credentialsOf(flags).users.setRole(user, role);
      noteOn(change, id);
      say(`${name} is ${role}`);
    });
  for (const [verb, isDisabled] of [
    ["disable", true],
    ["enable", false],
  ] as const)
    command
      .command(verb)
      .description(isDisabled ? "shut a user out, and end the user's sessions and links" : "let a user sign in again")
      .argument("<user>", "id or e-mail address")
      .option(...workspaceOption)
      .action((user: string, flags: Flags, change: Command) => {
        const { name, id } = credentialsOf(flags).users.setDisabled(user, isDisabled);
        noteOn(change, id);
        say(`${name} is ${verb}d`);
      });
  command
    .command("unbind")
    .description("forget which account of single sign-on a user has; the next sign-in by the address binds one anew")
    .argument("<user>", "id or e-mail address")
    .option(...workspaceOption)
    .action((user: string, flags: Flags, unbind: Command) => {
      const { name, id } = credentialsOf(flags).users.unbind(user);
      noteOn(unbind, id);
      say(`${name} has no account of single sign-on, and is signed out`);
    });
  withWorkspaceFlags(command.command("sessions"))
    .description("list the browsers that are signed in")
    .action(async (flags: WorkspaceFlags) => {
      const rows = credentialsOf(flags)
        .sessions.list()
        .map((session) => ({ ...session }));
      await print(formatRows(rows, ["id", "name", "role", "started_at", "last_seen_at", "user_agent"], flags.format));
    });
  command
    .command("sign-out")
    .description("sign a user out everywhere, or one browser")
    .argument("<id>", "id or e-mail address of a user, or id of a session")
    .option(...workspaceOption)
    .action((id: string, flags: Flags, signOut: Command) => {
      const { users, sessions } = credentialsOf(flags);
      const user = users.byId(id) ?? users.byEmail(id);
      noteOn(signOut, user?.id ?? id);
      if (!user) return sessions.revoke(id);
      say(`${sessions.revokeAllOf(user.id)} sessions of ${user.name} have ended`);
    });
  return command;
}

/** `cartwright token`: secrets for programs that ask the API. */
import { Command, Option } from "commander";
import { type Role, roles } from "../api/role.ts";
import { scopes } from "../api/scopes.ts";
import { parseTokenRequest } from "../api/tokens.ts";
import { noteOn } from "./audited.ts";
import { numberOption } from "./number-option.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { credentialsOf } from "./workspace-credentials.ts";

interface CreateFlags {
  readonly name: string;
  readonly role: Role;
  readonly scopes?: string;
  readonly expiresDays?: string;
  readonly workspace?: string;
}

export function tokenCommand(): Command {
  const command = new Command("token").description("API tokens: create, list, revoke");
  command
    .command("create")
    .description("make a token; its secret is printed once")
    .requiredOption("--name <name>", "what the token is for")
    .addOption(new Option("--role <role>", "what it may do").choices(roles).default("viewer"))
    .option("--scopes <list>", `narrow it to some of ${scopes.join(", ")}, separated by commas`)
    .option("--expires-days <days>", "days until it ends; until it is revoked when not given")
    .option("--workspace <folder>", "the workspace's folder")
    .action(async (flags: CreateFlags, create: Command) => {
      const asked = parseTokenRequest({
        name: flags.name,
        role: flags.role,
        scopes: flags.scopes?.split(",").map((scope) => scope.trim()),
        expires_days: flags.expiresDays === undefined ? undefined : numberOption("expires-days", flags.expiresDays),
      });
      const { id, secret } = credentialsOf(flags).createToken(asked);
      noteOn(create, id);
      say(`token ${id} (${flags.role}); keep the secret, it is not shown again`);
      await print(`${secret}\n`);
    });
  command
    .command("list")
    .description("list the tokens with their last use, without their secrets")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (flags: { workspace?: string; format: OutputFormat }) => {
      const rows = credentialsOf(flags)
        .listTokens()
        .map((token) => ({ ...token, scopes: token.scopes.join(", ") }));
      const columns = ["id", "name", "role", "scopes", "created_at", "expires_at", "last_used_at"];
      await print(formatRows(rows, columns, flags.format));
    });
  command
    .command("revoke")
    .description("end a token at once")
    .argument("<id>", "the token's id")
    .option("--workspace <folder>", "the workspace's folder")
    .action((id: string, flags: { workspace?: string }) => {
      credentialsOf(flags).revokeToken(id);
      say(`token ${id} is revoked`);
    });
  return command;
}

/** `cartwright export-person` and `cartwright erase`: what is held about one person, handed out and taken away. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { Collector, drain } from "../collect/index.ts";
import { deliver, hasWorkspaceStore, openWorkspaceStore } from "../delivery/index.ts";
import { CartwrightError, type ErrorCode, errorKinds } from "../errors.ts";
import {
  type ErasureOutcome,
  erasePerson,
  exportPerson,
  finishErasure,
  type PersonDocument,
  type PersonQuery,
  replayErasures,
} from "../privacy/index.ts";
import type { StoreConnection } from "../store/connection.ts";
import { readErasures } from "../workspace/erasure-register.ts";
import { Workspace } from "../workspace.ts";
import { askServer } from "./ask-server.ts";
import { noteOn } from "./audited.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { inWorkspace } from "./session.ts";

interface PersonFlags {
  readonly workspace?: string;
  readonly email?: string;
}

function personOf(id: string | undefined, { email }: PersonFlags): PersonQuery {
  if (id !== undefined && email === undefined) return { id };
  if (email !== undefined && id === undefined) return { email };
  throw new CartwrightError("invalid_usage", "name one person, by id or with --email");
}

/** The embedded store is open in one process; without a server that is this one. */
export async function withStoreIfAny<T>(
  workspace: Workspace,
  work: (store: StoreConnection | null) => Promise<T>,
): Promise<T> {
  if (!hasWorkspaceStore(workspace)) return await work(null);
  const { connection } = await openWorkspaceStore(workspace);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** What a running server answers, else what is done here. */
export async function byServerOrHere<T>(
  workspace: Workspace,
  path: string,
  body: object,
  here: () => Promise<T>,
): Promise<T> {
  const url = Workspace.serverUrl(workspace.folders.root);
  if (url === null) return await here();
  const answer = await askServer(url, workspace, { name: "command line", path, body });
  if (answer.ok) return JSON.parse((await answer.text()) || "null") as T;
  const { code = "", detail = "" } = (await answer.json()) as { code?: string; detail?: string };
  throw new CartwrightError(code in errorKinds ? (code as ErrorCode) : "internal", detail);
}

async function settleHere(workspace: Workspace, store: StoreConnection | null): Promise<void> {
  if (existsSync(join(workspace.folders.root, "collect"))) {
    const collector = new Collector(workspace);
    try {
      await drain(workspace, collector);
    } finally {
      await collector.close();
    }
  }
  if (store !== null) await deliver(workspace, store);
}

const command = (name: string, description: string): Command =>
  new Command(name).description(description).option("--workspace <folder>", "the workspace's folder");

export function exportPersonCommand(): Command {
  return command("export-person", "write everything held about one person into one JSON document")
    .argument("[id]", "id as the shop's files and events name the person")
    .option("--email <address>", "the person's e-mail address instead of the id")
    .requiredOption("--out <file>", "the file to write; - for standard output")
    .action(async (id: string | undefined, flags: PersonFlags & { out: string }) => {
      const query = personOf(id, flags);
      await inWorkspace(flags, "export-person", async (workspace) => {
        const person = await byServerOrHere<PersonDocument>(workspace, "/api/v1/personal-data/export", query, () =>
          withStoreIfAny(workspace, (store) => exportPerson(workspace, store, query)),
        );
        const text = `${JSON.stringify(person, null, 2)}\n`;
        if (flags.out === "-") return await print(text);
        writeFileSync(flags.out, text, { mode: 0o600 });
        say(`${flags.out}: ${person.person.ids.length} ids`);
      });
    });
}

interface EraseFlags extends PersonFlags {
  readonly again?: boolean;
  readonly list?: boolean;
  readonly format: OutputFormat;
}

async function eraseHere(workspace: Workspace, query: PersonQuery | null): Promise<ErasureOutcome | null> {
  return await withStoreIfAny(workspace, async (store) => {
    const options = {
      store,
      actor: "command line",
      settle: () => settleHere(workspace, store),
      onStep: (step: string) => say(step),
    };
    return query === null ? await finishErasure(workspace, options) : await erasePerson(workspace, query, options);
  });
}

async function printErased(outcome: ErasureOutcome | null, format: OutputFormat): Promise<void> {
  if (outcome === null) return say("no erasure is under way");
  const rows = Object.entries(outcome.counts).map(([place, changed]) => ({ place, changed }));
  await print(formatRows(rows, ["place", "changed"], format));
  for (const path of outcome.told) say(`${path} names the person and is somebody's own work: look at it`);
  say(`erasure ${outcome.id} is done; backups made before still hold the person, and restoring one erases again`);
}

export function eraseCommand(): Command {
  return command(
    "erase",
    "erase one person everywhere; orders, money and counts stay without a name; it cannot be undone",
  )
    .argument(
      "[id]",
      "id as the shop's files and events name the person; without a person, finish what was interrupted",
    )
    .option("--email <address>", "the person's e-mail address instead of the id")
    .option(
      "--again",
      "erase everyone of the register who is there again, after a database was restored by other means",
    )
    .option("--list", "list erasures: when, by whom, how much")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (id: string | undefined, flags: EraseFlags, self: Command) => {
      const isAlone = flags.again || flags.list || (id === undefined && flags.email === undefined);
      const query = isAlone ? null : personOf(id, flags);
      await inWorkspace(flags, "erase", async (workspace) => {
        if (flags.list) {
          const rows = readErasures(workspace.folders.root).map(({ id, erased_at, actor, state, counts }) => ({
            id,
            erased_at,
            actor,
            state,
            changed: Object.values(counts).reduce((sum, rows) => sum + rows, 0),
          }));
          return await print(formatRows(rows, ["id", "erased_at", "actor", "state", "changed"], flags.format));
        }
        if (flags.again) {
          const count = await withStoreIfAny(workspace, (store) => replayErasures(workspace, store));
          return say(`${count} people were erased again`);
        }
        const outcome = await byServerOrHere<ErasureOutcome | null>(
          workspace,
          "/api/v1/personal-data/erase",
          query ?? { finish: true },
          () => eraseHere(workspace, query),
        );
        if (outcome !== null) noteOn(self, outcome.id);
        await printErased(outcome, flags.format);
      });
    });
}

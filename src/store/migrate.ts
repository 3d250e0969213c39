/**
 * Brings a store to this version: migrations once each, in order, never edited after release; then every procedure and view
 * again, so that their files are what the store runs. Safe to repeat, and to run from two processes at once.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { CartwrightError } from "../errors.ts";
import type { Querying, StoreConnection, StoreRow } from "./connection.ts";

const folderOf = (name: "migrations" | "procedures" | "views"): URL => new URL(`./${name}/`, import.meta.url);

function filesIn(name: "migrations" | "procedures" | "views"): { name: string; sql: string }[] {
  return readdirSync(folderOf(name))
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({ name: file.replace(/\.sql$/, ""), sql: readFileSync(new URL(file, folderOf(name)), "utf8") }));
}

/** Under this name the ledger of migrations keeps the digest of all procedures and views. */
const proceduresName = "procedures and views";

const digestOf = (sql: string): string => createHash("sha256").update(sql).digest("hex");

/** Applies what is missing; returns the names of the migrations that were applied. */
export async function migrateStore(store: StoreConnection): Promise<readonly string[]> {
  await store.script(`
    create schema if not exists store;
    create extension if not exists pg_trgm;
    create table if not exists store.migrations (
        name text primary key, digest text not null, applied_at timestamptz not null default now()
    );`);
  return await store.transaction(async (inside) => {
    await inside.query("select pg_advisory_xact_lock(hashtext('store.migrations'))");
    const applied = await applyMigrations(inside);
    await applyProcedures(inside);
    return applied;
  });
}

async function applyMigrations(store: Querying): Promise<string[]> {
  const done = new Map((await store.query("select name, digest from store.migrations")).map(readMigration));
  const applied: string[] = [];
  for (const { name, sql } of filesIn("migrations")) {
    const known = done.get(name);
    if (known === digestOf(sql)) continue;
    if (known !== undefined)
      throw new CartwrightError("store_newer", `the migration ${name} differs from the one this store was made with`);
    await runScript(store, sql);
    await store.query("insert into store.migrations (name, digest) values ($1, $2)", [name, digestOf(sql)]);
    applied.push(name);
  }
  const unknown = [...done.keys()].find(
    (name) => name !== proceduresName && !filesIn("migrations").some((file) => file.name === name),
  );
  if (unknown !== undefined)
    throw new CartwrightError(
      "store_newer",
      `the store has the migration ${unknown}, which this version does not know`,
    );
  return applied;
}

const readMigration = (row: StoreRow): [string, string] => [String(row.name), String(row.digest)];

/** Procedures may call one another, so their bodies are checked when they run; triggers need the functions of their own file. */
async function applyProcedures(store: Querying): Promise<void> {
  await store.query("set local check_function_bodies = off");
  const digest = digestOf([...filesIn("procedures"), ...filesIn("views")].map((file) => file.sql).join("\n"));
  const [row] = await store.query("select digest from store.migrations where name = $1", [proceduresName]);
  if (row?.digest === digest) return;
  for (const file of filesIn("procedures")) await runScript(store, file.sql);
  for (const view of viewsInOrder()) await runScript(store, view);
  await store.query(
    `insert into store.migrations (name, digest) values ($1, $2)
     on conflict (name) do update set digest = excluded.digest, applied_at = now()`,
    [proceduresName, digest],
  );
}

/** Plain views before the materialized ones, which read them; both are dropped first, as a view's columns cannot be changed in place. */
function viewsInOrder(): string[] {
  const files = filesIn("views");
  const basis = files.filter((file) => file.name === "v_sales_lines");
  const plain = files.filter((file) => file.name.startsWith("v_") && file.name !== "v_sales_lines");
  const materialized = files.filter((file) => file.name.startsWith("mv_"));
  const drops = [
    ...materialized.map(({ name }) => `drop materialized view if exists store.${name};`),
    ...[...plain, ...basis].map(({ name }) => `drop view if exists store.${name};`),
  ];
  return [...drops, ...[...basis, ...plain, ...materialized].map((file) => file.sql)];
}

/** A file's statements, one at a time: bound statements take only one. A statement ends at a `;` at a line's end outside of `$$`. */
async function runScript(store: Querying, sql: string): Promise<void> {
  for (const statement of statementsOf(sql)) await store.query(statement);
}

export function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let pending: string[] = [];
  let isQuoted = false;
  for (const line of sql.split("\n")) {
    if (!isQuoted && (line.trim() === "" || line.startsWith("--"))) continue;
    pending.push(line);
    if ((line.split("$$").length - 1) % 2 === 1) isQuoted = !isQuoted;
    if (!isQuoted && line.trimEnd().endsWith(";")) {
      statements.push(pending.join("\n").replace(/;\s*$/, ""));
      pending = [];
    }
  }
  if (pending.length > 0) statements.push(pending.join("\n"));
  return statements;
}

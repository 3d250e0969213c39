/** The journal of what people keep: every saving and deletion is a row that stays, the last one is what holds. */
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { type Clock, isoNow } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { readSql } from "../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../warehouse/warehouse.ts";

/** A thing that is kept, as it is now. */
export interface Kept<T> {
  readonly id: string;
  /** Counts its savings and deletions. */
  readonly version: number;
  readonly made_by: string;
  /** UTC. */
  readonly made_at: string;
  readonly content: T;
}

/** A kind of thing that is kept: its name in the journal, what it is called, and what it must look like. */
export interface KeptKind<T> {
  readonly name: "view" | "start_page" | "viewpoint" | "annotation" | "alert" | "board" | "query";
  readonly word: string;
  readonly schema: z.ZodType<T>;
}

/** Where the journal stands, and who writes. */
export interface Writing {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly actor: string;
}

const nowSql = readSql(new URL("./kept-now.sql", import.meta.url));

/** What was given as the kind wants it. @throws kept_invalid */
export function parseKept<T>({ word, schema }: KeptKind<T>, given: unknown): T {
  const outcome = schema.safeParse(given);
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  const where = issue?.path.join(".") || word;
  throw new CartwrightError("kept_invalid", `${where}: ${issue?.message ?? "is not valid"}`, { name: where });
}

function keptOf<T>(kind: KeptKind<T>, row: Row): Kept<T> {
  return {
    id: String(row.kept_id),
    version: Number(row.version),
    made_by: String(row.made_by),
    made_at: `${String(row.made_at).replace(" ", "T")}Z`,
    content: parseKept(kind, JSON.parse(String(row.last_content))),
  };
}

const rowsOf = (warehouse: Warehouse, kind: string, id: string): Promise<readonly Row[]> =>
  warehouse.query(nowSql, { bindings: { kind, id } });

/** Everything of a kind that is not deleted, oldest first. */
export async function listKept<T>(warehouse: Warehouse, kind: KeptKind<T>): Promise<readonly Kept<T>[]> {
  const rows = await rowsOf(warehouse, kind.name, "");
  return rows.filter((row) => row.last_action === "saved").map((row) => keptOf(kind, row));
}

/** One of a kind; null when there is none of this id. */
export async function readKept<T>(warehouse: Warehouse, kind: KeptKind<T>, id: string): Promise<Kept<T> | null> {
  const [row] = id === "" ? [] : await rowsOf(warehouse, kind.name, id);
  return row?.last_action === "saved" ? keptOf(kind, row) : null;
}

/** @throws kept_missing */
export async function findKept<T>(warehouse: Warehouse, kind: KeptKind<T>, id: string): Promise<Kept<T>> {
  const found = await readKept(warehouse, kind, id);
  if (found) return found;
  throw new CartwrightError("kept_missing", `there is no ${kind.word} ${id}`, { what: kind.word });
}

async function write(writing: Writing, kind: string, id: string, action: string, content: unknown): Promise<void> {
  const { warehouse, clock, actor } = writing;
  const [before] = await rowsOf(warehouse, kind, id);
  await warehouse.insertRows("ops_kept_events", [
    {
      kind,
      id,
      sequence: Number(before?.version ?? 0) + 1,
      happened_at: isoNow(clock).replace("T", " ").replace("Z", ""),
      actor,
      action,
      content: JSON.stringify(content),
    },
  ]);
}

/** Keeps a thing under a new id, or changes the one of the id given. @throws kept_invalid */
export async function saveKept<T>(
  writing: Writing,
  kind: KeptKind<T>,
  given: unknown,
  id: string = randomBytes(6).toString("hex"),
): Promise<Kept<T>> {
  await write(writing, kind.name, id, "saved", parseKept(kind, given));
  return await findKept(writing.warehouse, kind, id);
}

/** Takes a thing out of the list; its history stays. @throws kept_missing */
export async function deleteKept<T>(writing: Writing, kind: KeptKind<T>, id: string): Promise<void> {
  const { content } = await findKept(writing.warehouse, kind, id);
  await write(writing, kind.name, id, "deleted", content);
}

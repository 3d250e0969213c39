/** The journal of experiments in the warehouse: every change is a row that stays, the last one is what holds. */
import { type Clock, isoNow } from "../../clock.ts";
import { CartwrightError } from "../../errors.ts";
import { findSegment } from "../../segments/index.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../../warehouse/warehouse.ts";
import { type Action, type Definition, newDefinition, type Status, statusAfter } from "./definition.ts";

/** One thing that happened. */
export interface JournalEntry {
  readonly sequence: number;
  readonly happened_at: string;
  readonly actor: string;
  readonly action: Action;
  readonly status: Status;
  readonly note: string;
}

export interface Experiment {
  readonly definition: Definition;
  readonly status: Status;
  readonly journal: readonly JournalEntry[];
}

const eventsSql = readSql(new URL("./experiment-events.sql", import.meta.url));

const instantOf = (value: unknown): string => `${String(value).replace(" ", "T").replace(/Z$/, "")}Z`;

function entryOf(row: Row): JournalEntry {
  return {
    sequence: Number(row.sequence),
    happened_at: instantOf(row.happened_at),
    actor: String(row.actor),
    action: String(row.action) as Action,
    status: String(row.status) as Status,
    note: String(row.note),
  };
}

/** All experiments, or the one named, by id. */
async function readExperiments(warehouse: Warehouse, id: string): Promise<Experiment[]> {
  const rows = await warehouse.query(eventsSql, { bindings: { experiment_id: id } });
  const byId = new Map<string, Row[]>();
  for (const row of rows) byId.set(String(row.experiment_id), [...(byId.get(String(row.experiment_id)) ?? []), row]);
  return [...byId.values()].map((entries) => {
    const journal = entries.map(entryOf);
    return {
      definition: JSON.parse(String(entries.at(-1)?.definition)) as Definition,
      status: journal.at(-1)?.status ?? "draft",
      journal,
    };
  });
}

export const listExperiments = (warehouse: Warehouse): Promise<Experiment[]> => readExperiments(warehouse, "");

/** @throws experiment_unknown */
export async function findExperiment(warehouse: Warehouse, id: string): Promise<Experiment> {
  const found = id === "" ? undefined : (await readExperiments(warehouse, id))[0];
  if (!found) throw new CartwrightError("experiment_unknown", `there is no experiment "${id}"`, { id });
  return found;
}

export interface Change {
  readonly action: Exclude<Action, "created">;
  readonly actor: string;
  readonly note: string;
  /** With `started` and `stopped`: when it really happened, for experiments that ran elsewhere; now when left out. */
  readonly at?: string;
  /** With `ramped`: the new share let in. */
  readonly rampRate?: number;
  /** With `decided`: the variant taken. */
  readonly decision?: string;
  /** With `changed`: the fields to change. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

async function write(
  warehouse: Warehouse,
  definition: Definition,
  entry: Omit<JournalEntry, "happened_at"> & { readonly happened_at: string },
): Promise<void> {
  await warehouse.insertRows("ops_experiment_events", [
    {
      experiment_id: definition.experiment_id,
      ...entry,
      happened_at: entry.happened_at.replace("T", " ").replace("Z", ""),
      definition: JSON.stringify(definition),
    },
  ]);
}

/** Creates a draft. @throws invalid_parameter; experiment_state when the id is taken */
export async function createExperiment(
  warehouse: Warehouse,
  clock: Clock,
  given: Readonly<Record<string, unknown>>,
  actor: string,
): Promise<Experiment> {
  const definition = newDefinition(await withTarget(warehouse, given));
  const id = definition.experiment_id;
  if ((await readExperiments(warehouse, id)).length > 0)
    throw new CartwrightError("experiment_state", `there is an experiment "${id}" already`, { status: "there" });
  await checkNamespace(warehouse, definition);
  const happenedAt = isoNow(clock);
  await write(warehouse, definition, {
    sequence: 1,
    happened_at: happenedAt,
    actor,
    action: "created",
    status: "draft",
    note: typeof given.note === "string" ? given.note : "",
  });
  return await findExperiment(warehouse, id);
}

/** `segment` names whom the experiment is for; its rule is kept with the experiment. @throws segment_unknown */
async function withTarget(
  warehouse: Warehouse,
  given: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const { segment, ...others } = given;
  if (segment === undefined) return given;
  if (segment === null || segment === "") return { ...others, target: null };
  const { definition } = await findSegment(warehouse, String(segment));
  return { ...others, target: { segment: definition.name, rule: definition.rule } };
}

/** Two experiments of one namespace may not own the same part of it while either runs. */
async function checkNamespace(warehouse: Warehouse, definition: Definition): Promise<void> {
  const { namespace } = definition;
  if (!namespace) return;
  const others = (await listExperiments(warehouse)).filter(
    (one) => one.status !== "decided" && one.definition.experiment_id !== definition.experiment_id,
  );
  const taken = others.find(
    ({ definition: { namespace: other } }) =>
      other && other.name === namespace.name && other.from < namespace.to && namespace.from < other.to,
  );
  if (taken) {
    throw new CartwrightError(
      "invalid_parameter",
      `namespace "${namespace.name}" from ${namespace.from} to ${namespace.to} overlaps with experiment "${taken.definition.experiment_id}"`,
      { name: "namespace" },
    );
  }
}

/** Starts, ramps, stops, decides or changes an experiment. @throws experiment_unknown, experiment_state, invalid_parameter */
export async function changeExperiment(
  warehouse: Warehouse,
  clock: Clock,
  id: string,
  change: Change,
): Promise<Experiment> {
  const { definition, status, journal } = await findExperiment(warehouse, id);
  const happenedAt = isoNow(clock);
  const next = statusAfter(id, change.action, status);
  const fields = await withTarget(warehouse, change.fields ?? {});
  const changed = changedDefinition(definition, { ...change, fields }, happenedAt);
  await checkNamespace(warehouse, changed);
  await write(warehouse, changed, {
    sequence: (journal.at(-1)?.sequence ?? 0) + 1,
    happened_at: happenedAt,
    actor: change.actor,
    action: change.action,
    status: next,
    note: change.note,
  });
  return await findExperiment(warehouse, id);
}

function instantGiven(text: string | undefined): string | null {
  if (text === undefined) return null;
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
  if (isInstant) return text;
  throw new CartwrightError(
    "invalid_parameter",
    `at must be an instant in UTC such as 2026-03-01T00:00:00Z, got "${text}"`,
    {
      name: "at",
    },
  );
}

function stopInstant(definition: Definition, at: string): string {
  if (definition.started_at !== null && at > definition.started_at) return at;
  throw new CartwrightError("invalid_parameter", `at must be after the start, ${definition.started_at}, got ${at}`, {
    name: "at",
  });
}

function changedDefinition(definition: Definition, change: Change, at: string): Definition {
  switch (change.action) {
    case "changed":
      return newDefinition({ ...definition, ...change.fields, experiment_id: definition.experiment_id });
    case "started":
      return { ...definition, started_at: instantGiven(change.at) ?? at };
    case "ramped": {
      const rate = change.rampRate ?? Number.NaN;
      if (!(rate >= definition.ramp_rate && rate <= 1)) {
        throw new CartwrightError(
          "invalid_parameter",
          `ramp_rate must be from ${definition.ramp_rate} (it may only rise) to 1, got ${change.rampRate}`,
          { name: "ramp_rate" },
        );
      }
      return { ...definition, ramp_rate: rate };
    }
    case "stopped":
      return { ...definition, stopped_at: stopInstant(definition, instantGiven(change.at) ?? at) };
    case "decided": {
      const names = definition.variants.map(({ name }) => name);
      if (!names.includes(change.decision ?? "")) {
        throw new CartwrightError(
          "invalid_parameter",
          `decision must be one of ${names.join(", ")}, got "${change.decision ?? ""}"`,
          { name: "decision" },
        );
      }
      return { ...definition, decided_at: at, decision: change.decision ?? null };
    }
  }
}

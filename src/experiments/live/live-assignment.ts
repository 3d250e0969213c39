/** Which variant a live experiment gives a unit: its state, whom it is for, and the draw. */
import { isInSegment } from "../../segments/index.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { assign } from "../assignment/assign.ts";
import type { Experiment } from "./journal.ts";

/**
 * The variant of a unit; null before the start, after the stop, outside of the target and outside of the draw. Once decided,
 * everyone gets the variant taken.
 *
 * Who is a target is settled on the day of the start (UTC), from what happened before it, so that nobody leaves the experiment
 * by doing what it is meant to bring about.
 */
export async function assignLive(warehouse: Warehouse, experiment: Experiment, unitId: string): Promise<string | null> {
  const { definition, status } = experiment;
  if (status === "decided") return definition.decision;
  if (status !== "running" || definition.started_at === null) return null;
  const variant = assign(unitId, definition);
  if (variant === null || !definition.target) return variant;
  const startedOn = definition.started_at.slice(0, 10);
  return (await isInSegment(warehouse, definition.target.rule, startedOn, unitId)) ? variant : null;
}

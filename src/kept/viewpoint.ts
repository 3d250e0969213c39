import { z } from "zod";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { type KeptKind, readKept } from "./journal.ts";

/** From where people look at a shop; Home shows what each asks first. */
export const viewpointNames = ["analyst", "marketer", "category_manager", "engineer", "shopkeeper"] as const;
export type ViewpointName = (typeof viewpointNames)[number];

/** The viewpoint a person has chosen. Its id is the person's name. */
export const viewpoints: KeptKind<{ readonly viewpoint: ViewpointName }> = {
  name: "viewpoint",
  word: "viewpoint",
  schema: z.strictObject({ viewpoint: z.enum(viewpointNames) }),
};

/** Null before the first choice. */
export async function viewpointOf(warehouse: Warehouse, person: string): Promise<ViewpointName | null> {
  return (await readKept(warehouse, viewpoints, person))?.content.viewpoint ?? null;
}

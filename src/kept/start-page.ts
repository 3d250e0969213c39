import { z } from "zod";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { type KeptKind, readKept } from "./journal.ts";
import { type Place, placeFields } from "./place.ts";
import { savedViews } from "./view.ts";

/** Where a person begins: a place, or a saved view as it is by then. Its id is the person's name. */
export type StartPage = Place | { readonly view_id: string };

export const startPages: KeptKind<StartPage> = {
  name: "start_page",
  word: "start page",
  schema: z.union([
    z.strictObject({ view_id: z.string().min(1).max(40) }),
    z.strictObject(placeFields),
  ]) as unknown as z.ZodType<StartPage>,
};

/** The place a person begins at; null without a choice, and when the saved view is gone. */
export async function startOf(warehouse: Warehouse, person: string): Promise<Place | null> {
  const start = (await readKept(warehouse, startPages, person))?.content;
  if (!start) return null;
  if (!("view_id" in start)) return start;
  const view = (await readKept(warehouse, savedViews, start.view_id))?.content;
  return view ? { page: view.page, search: view.search } : null;
}

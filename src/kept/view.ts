import { z } from "zod";
import type { KeptKind } from "./journal.ts";
import { type Place, placeFields } from "./place.ts";

/** A place under a name. Everyone who may sign in sees it; who made it, or an admin, changes it. */
export interface SavedView extends Place {
  readonly title: string;
}

export const titleField = z.string().trim().min(1).max(80);

export const savedViews: KeptKind<SavedView> = {
  name: "view",
  word: "saved view",
  schema: z.strictObject({ title: titleField, ...placeFields }) as unknown as z.ZodType<SavedView>,
};

/** A place in the dashboard: a page with everything its address says about period, filters and cards. */
import { z } from "zod";
import { pages } from "../analyses/define.ts";

const placeNames = [...pages, "segments", "home", "boards"] as const;
const boardPlace = /^boards\/[0-9a-f]{12}$/;
const longestSearch = 8000;

/** The fields of a place, to be part of what is kept. */
export const placeFields = {
  page: z
    .union([z.enum(placeNames), z.string().regex(boardPlace)], "must be a page, or boards/ and the id of a board")
    .describe("Page of the dashboard, or boards/<id>"),
  search: z
    .string()
    .max(longestSearch)
    .default("")
    .transform((text) => {
      const search = new URLSearchParams(text);
      search.delete("explain");
      return search.toString();
    })
    .describe("Search part of its address: period, comparison, filters, controls of the cards"),
};

/** A page and the search part of its address, without the question mark. */
export interface Place {
  readonly page: string;
  readonly search: string;
}

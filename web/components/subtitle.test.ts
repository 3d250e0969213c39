import { expect, it } from "vitest";
import { initialView, setControl } from "../view-state.ts";
import { subtitleOf } from "./subtitle.ts";
import { entryOf } from "./use-analysis.ts";

const coverage = { first: "2025-01-01", last: "2025-12-31" };

it.each([
  ["week", "1 Jan – 31 Dec 2025, by week"],
  ["fiscal_quarter", "1 Jan – 31 Dec 2025, by fiscal quarter"],
])("names the grain that is drawn, %s, and not the first there is", (grain, words) => {
  const entry = entryOf("revenue-over-time");
  if (!entry) throw new Error("revenue-over-time");
  expect(subtitleOf(entry, setControl(initialView, entry.name, "grain", grain), { coverage })).toBe(words);
});

import { expect, test } from "vitest";
import { createFormat } from "../format.ts";
import { persuadableRule } from "../models/persuadable-card.tsx";
import { upliftSentence } from "./uplift-sentence.ts";

const format = createFormat({ locale: "en-GB", currency: "GBP", currencyDecimals: 2, timeZone: "Europe/London" });
const told = (lower: number): string =>
  upliftSentence(
    [
      { top_rate: 0.4, gain_rate: 0.112, qini_area: 0.01, qini_lower: 0, qini_upper: 0.02 },
      { top_rate: 1, gain_rate: 0.094, qini_area: 0.03, qini_lower: lower, qini_upper: 0.04 },
    ],
    { format },
  ).replaceAll("\u00a0", " ");

test("the Qini curve says what everyone adds, whom to stop at, and whether that is more than chance", () => {
  expect(told(0.02)).toBe(
    "Treating everyone adds 9.4 orders for every 100 people; treating only the best-ranked 40.0 % adds 11.2. The ranking is better than a random one (Qini area 0.03, 0.02 to 0.04).",
  );
  expect(told(-0.01)).toContain("cannot be told from chance (Qini area 0.03, −0.01 to 0.04): treat all or none.");
  expect(upliftSentence([], { format })).toBe("");
});

test("whom treating pays are those from cost over margin on", () => {
  expect(persuadableRule(0.5, 10)).toEqual({ kind: "score", model: "uplift", min_score: 0.05 });
});

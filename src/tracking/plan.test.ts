import { expect, it } from "vitest";
import { readPlan } from "./plan.ts";
import { patternProblem } from "./safe-pattern.ts";

const problemOf = (text: string): string => {
  try {
    readPlan(text, "plan.json");
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
};

it("says in which line a plan is not right, and why", () => {
  expect(problemOf('{ "events": {} }')).toBe("");
  expect(problemOf('{\n  "events": {\n    "A": { "requird": [] }\n  }\n}')).toBe(
    'plan.json, line 3: unknown entry "events.A.requird"',
  );
  expect(problemOf('{\n "events": {\n "A": { "properties": {\n "x": { "type": "text" } } } } }')).toMatch(
    /^plan\.json, line 4: /,
  );
  expect(problemOf('{\n "events": {\n "A": { "properties": {\n "x": { "pattern": "(a+)+" } } } } }')).toMatch(
    /line 4: .*repeats a group/,
  );
  expect(problemOf('{ "events": ')).toMatch(/line 1: not valid JSON/);
  expect(problemOf("[]")).toMatch(/line 1: /);
  const deep = JSON.parse(`${'{"items":'.repeat(7)}{}${"}".repeat(7)}`) as object;
  expect(problemOf(JSON.stringify({ events: { A: { properties: { x: deep } } } }))).toContain("more than 5 levels");
  const endless = `${'{"items":'.repeat(100_000)}{}${"}".repeat(100_000)}`;
  expect(problemOf(`{"events":{"A":{"properties":{"x":${endless}}}}}`)).toContain("more than 5 levels");
});

it("takes patterns that are searched quickly, and no others", () => {
  const fine = ["^[a-z]+$", "^O-\\d{1,9}$", "^(red|blue)$", "a?b+", "^\\(.*\\)$"];
  const slow = ["(a+)+$", "(a|a)*", "(.*)*", "a*b*c*", "(?=a)b", "(a)\\1", "[", "(?:ab){2,}"];
  expect(fine.map(patternProblem)).toEqual(fine.map(() => null));
  expect(slow.filter((pattern) => patternProblem(pattern) === null)).toEqual([]);
});

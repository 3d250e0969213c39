import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runTool } from "../support/run-tool.ts";

describe("cartwright forecast", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-forecast-"));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const flags = ["--time", "when", "--value", "sold", "--horizon", "3"];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("gives horizon rows a series, in the order of the file, whatever the order of its rows", async () => {
    const months = Array.from(
      { length: 36 },
      (_, at) => `${2020 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`,
    );
    const lines = months.flatMap((month, at) => [`b,${month},${100 + at}`, `a,${month},${50 + (at % 12)}`]);
    const input = file("two.csv", `shop,when,sold\n${lines.reverse().join("\n")}\n`);
    const { out } = await runTool("forecast", "--input", input, "--series", "shop", ...flags, "--format", "json");
    const rows = JSON.parse(out) as Record<string, unknown>[];
    expect(Object.keys(rows[0] ?? {})).toEqual(["series", "step", "value", "lower", "upper", "method"]);
    expect(rows.map(({ series, step }) => `${series}${step}`)).toEqual(["a1", "a2", "a3", "b1", "b2", "b3"]);
    for (const [at, value] of [136, 137, 138].entries())
      expect(Math.abs(Number(rows[3 + at]?.value) - value)).toBeLessThan(2);
    for (const [at, value] of [50, 51, 52].entries()) expect(Math.abs(Number(rows[at]?.value) - value)).toBeLessThan(2);
  });

  it("fills holes, and says so", async () => {
    const input = file("holes.csv", "when,sold\n2024-01-01,1\n2024-01-02,2\n2024-01-05,5\n2024-01-06,\n2024-01-07,7\n");
    const { words, code } = await runTool("forecast", "--input", input, ...flags, "--season", "1");
    expect([code, words]).toEqual([0, "3 missing values are filled by a line between their neighbours\n"]);
  });

  it.each([
    ["when,sold\n", "has no row with a value"],
    ["when,sold\n1,5\n1,6\n", "two values for one time"],
    ["when,sold\nsoon,5\n", '"soon" is neither a number nor'],
    ["when,sold\n2024-13,5\n", "2024-13"],
    ["when,sold\n1,five\n", '"five" is not a number'],
    ["when,price\n1,5\n", 'no column "sold"'],
  ])("refuses %j with a reason", async (csv, reason) => {
    const { code, out, words } = await runTool("forecast", "--input", file("bad.csv", csv), ...flags);
    expect([code, out]).toEqual([3, ""]);
    expect(words).toContain(reason);
  });

  it("refuses a horizon of none", async () => {
    const input = file("one.csv", "when,sold\n1,5\n");
    const { code, words } = await runTool(
      "forecast",
      "--input",
      input,
      "--time",
      "when",
      "--value",
      "sold",
      "--horizon",
      "0",
    );
    expect(code).toBe(2);
    expect(words).toContain('--horizon must be a whole number from 1 to 1,000, got "0"');
  });
});

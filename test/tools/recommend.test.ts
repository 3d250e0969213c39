import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runTool } from "../support/run-tool.ts";

describe("cartwright recommend evaluate", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-recommend-"));
  const file = (text: string): string => {
    writeFileSync(join(folder, "had.csv"), text);
    return join(folder, "had.csv");
  };
  const flags = ["--user", "who", "--item", "what", "--position", "when", "--format", "json"];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("prints every method with its quality, one of them chosen; times sort as text", async () => {
    const lines = Array.from({ length: 40 }, (_, user) =>
      [0, 1, 2, 3].map((step) => `u${user},i${(user + step) % 8},2024-01-0${4 - step} 10:00`).join("\n"),
    );
    const { out, code } = await runTool(
      "recommend",
      "evaluate",
      "--input",
      file(`who,what,when\n${lines.join("\n")}\n`),
      ...flags,
    );
    const { methods } = JSON.parse(out) as { methods: Record<string, unknown>[] };
    expect(code).toBe(0);
    expect(methods.map(({ method }) => method)).toEqual([
      "popularity",
      "item-item cosine",
      "sequence-aware co-visitation",
    ]);
    expect(methods.filter(({ is_chosen }) => is_chosen)).toHaveLength(1);
    expect(Object.keys(methods[0] ?? {})).toEqual(
      expect.arrayContaining(["hr_at_5", "ndcg_at_5", "hr_at_10", "ndcg_at_10", "coverage"]),
    );
  });

  it.each([
    ["who,what,when\n", "no user with three items"],
    ["who,what,when\na,x,1\na,y,2\n", "no user with three items"],
    ["who,what,when\na,,1\n", 'data row 1, column "what": is empty'],
    ["who,item,when\na,x,1\n", 'no column "what"'],
  ])("refuses %j with a reason", async (csv, reason) => {
    const { code, out, words } = await runTool("recommend", "evaluate", "--input", file(csv), ...flags);
    expect([code, out]).toEqual([3, ""]);
    expect(words).toContain(reason);
  });
});

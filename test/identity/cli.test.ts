import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorkspace } from "../../src/workspace.ts";
import { runTool } from "../support/run-tool.ts";

describe("cartwright identity", () => {
  let folder: string;
  const run = async (...args: readonly string[]) => await runTool(...args, "--workspace", folder);
  const rowsOf = async (...args: readonly string[]): Promise<readonly Record<string, unknown>[]> => {
    const { code, out, words } = await run("identity", ...args, "--format", "json");
    expect(code, words).toBe(0);
    return JSON.parse(out) as Record<string, unknown>[];
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cartwright-identity-"));
    createWorkspace(folder, { currency: "GBP", time_zone: "UTC" });
    const orders = "order_id,ordered_at,customer_id,product_id,quantity,unit_price\n";
    const lines = "A1,2026-03-01T10:00:00Z,una,kettle,1,20.00\nA2,2026-03-02T10:00:00Z,vera,kettle,1,20.00\n";
    writeFileSync(join(folder, "orders.csv"), orders + lines);
    expect((await run("import", join(folder, "orders.csv"))).code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("merges, shows, lists and takes back, and keeps customers out of the audit log", async () => {
    expect(await rowsOf("merge", "una", "vera", "--note", "one desk")).toMatchObject([
      { entry: 1, action: "merge", first_id: "una", second_id: "vera", actor: "command line", note: "one desk" },
    ]);
    const shown = (await rowsOf("show", "vera")) as unknown as { person_id: string; links: readonly unknown[] };
    expect(shown.person_id).toBe("una");
    expect(shown.links).toMatchObject([{ kind: "merge", is_followed: true, entry: 1 }]);
    expect(await rowsOf("undo", "1")).toMatchObject([{ entry: 2, action: "undo", undone_entry: 1 }]);
    expect((await rowsOf("history")).map((row) => row.is_undone)).toEqual([true, false]);
    const { code, words } = await run("identity", "merge", "una", "nobody");
    expect(code).toBe(3);
    expect(words).toContain("nobody");
    const audit = await run("audit", "--format", "json");
    expect(audit.out).toContain("identity merge");
    expect(audit.out).not.toContain("vera");
  });
});

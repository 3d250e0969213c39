import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runTool } from "../support/run-tool.ts";

describe("cartwright clv", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-clv-"));
  const file = (text: string): string => {
    writeFileSync(join(folder, "purchases.csv"), text);
    return join(folder, "purchases.csv");
  };
  const columns = ["--customer", "who", "--date", "day", "--value", "paid", "--format", "json"];
  const purchases = `who,day,paid
ada,2024-01-01,10
ada,2024-01-15,20
ada,2024-01-15,5
ada,2024-02-12,35
ben,2024-01-08,50
cleo,2024-01-08,20
cleo,2024-01-22,30
cleo,2024-03-04,1
dan,2024-02-26,9
`;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("counts one purchase a customer and day, ages in weeks up to the end of calibration (by hand)", async () => {
    const flags = ["--input", file(purchases), ...columns, "--calibration-end", "2024-02-19"];
    const predicted = JSON.parse((await runTool("clv", "predict", ...flags)).out) as Record<string, number>[];
    expect(predicted.map(({ customer_id, frequency, recency, T }) => [customer_id, frequency, recency, T])).toEqual([
      ["ada", 2, 6, 7],
      ["ben", 0, 0, 6],
      ["cleo", 1, 2, 6],
    ]);
    expect(predicted.every((row) => (row.clv ?? -1) >= 0 && (row.p_alive_rate ?? 2) <= 1)).toBe(true);
    const fitted = JSON.parse((await runTool("clv", "fit", ...flags)).out);
    expect(fitted).toMatchObject({ customer_count: 3, repeat_customer_count: 2, holdout: { actual_order_count: 1 } });
    expect(Object.keys(fitted.bg_nbd)).toEqual(expect.arrayContaining(["r", "alpha", "a", "b", "log_likelihood"]));
  });

  it("without later purchases there is no holdout, without amounts no Gamma-Gamma", async () => {
    const flags = ["--input", file(purchases), "--customer", "who", "--date", "day", "--format", "json"];
    expect(JSON.parse((await runTool("clv", "fit", ...flags)).out)).toMatchObject({ gamma_gamma: null, holdout: null });
  });

  it("reads other forms of dates when told, and refuses days that do not exist", async () => {
    const flags = [...columns, "--date-format", "DD.MM.YYYY"];
    const other = file("who,day,paid\nada,31.12.2023,10\nada,07.01.2024,10\n");
    const { out } = await runTool("clv", "predict", "--input", other, ...flags);
    expect(JSON.parse(out)[0]).toMatchObject({ frequency: 1, recency: 1, T: 1 });
    const wrong = await runTool("clv", "fit", "--input", file("who,day,paid\nada,31.02.2024,10\n"), ...flags);
    expect([wrong.code, wrong.out]).toEqual([3, ""]);
    expect(wrong.words).toContain('data row 1, column "day": "31.02.2024" is not a date of the form DD.MM.YYYY');
  });

  it.each([
    ["who,day,paid\n", [], "has no purchase", 3],
    ["who,day,paid\nada,2024-01-01,much\n", [], '"much" is not a number', 3],
    ["who,day,paid\nada,2024-01-01,1\n", ["--calibration-end", "2023-01-01"], "no purchase up to the end", 3],
    ["who,day,paid\nada,2024-01-01,1\n", ["--calibration-end", "soon"], 'got "soon"', 2],
  ])("refuses %j with a reason", async (csv, more, reason, exitCode) => {
    const { code, out, words } = await runTool("clv", "fit", "--input", file(csv), ...columns, ...more);
    expect([code, out]).toEqual([exitCode, ""]);
    expect(words).toContain(reason);
  });
});

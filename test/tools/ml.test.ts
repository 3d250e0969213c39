import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../src/sources/generator/index.ts";
import { calibrationError } from "../../src/stats/probability-quality.ts";
import { runTool } from "../support/run-tool.ts";

/** Buyers by visits and channel, with the true probability of each row at hand. */
function buyers(rowCount: number, seed: number): { readonly csv: string; readonly bought: number[] } {
  const random = createRandom(seed);
  const bought: number[] = [];
  const lines = ["customer,visits,channel,code,bought"];
  for (let row = 0; row < rowCount; row += 1) {
    const visits = random.poisson(4);
    const channel = random.pick(["mail", "search", "social"]);
    const code = random.integer(1, 3);
    const margin = -3 + 0.5 * visits + (channel === "mail" ? 1 : 0) + (code === 2 ? 1 : 0);
    bought.push(random.chance(1 / (1 + Math.exp(-margin))) ? 1 : 0);
    lines.push(`c${row},${random.chance(0.05) ? "NA" : visits},${channel},${code},${bought.at(-1) ? "yes" : "no"}`);
  }
  return { csv: `${lines.join("\n")}\n`, bought };
}

describe("cartwright ml", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-ml-"));
  const at = (name: string): string => join(folder, name);
  const file = (name: string, text: string): string => {
    writeFileSync(at(name), text);
    return at(name);
  };
  const later = buyers(4000, 2);

  beforeAll(async () => {
    file("training.csv", buyers(6000, 1).csv);
    file("later.csv", later.csv);
    const flags = ["--label", "bought", "--id", "customer", "--categorical", "code", "--model", at("model.json")];
    const fitted = await runTool("ml", "fit", "--input", at("training.csv"), ...flags, "--format", "json");
    expect(fitted.code, fitted.words).toBe(0);
    expect(JSON.parse(fitted.out)).toMatchObject({ positive_label: "yes", row_count: 6000 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("scores rows with probabilities that come true, under the ids asked for", async () => {
    const flags = ["--input", at("later.csv"), "--id", "customer", "--model", at("model.json"), "--format", "json"];
    const { out } = await runTool("ml", "predict", ...flags);
    const rows = JSON.parse(out) as { id: string; score_rate: number }[];
    expect(rows.slice(0, 2).map((row) => Object.keys(row))).toEqual([
      ["id", "score_rate"],
      ["id", "score_rate"],
    ]);
    expect(rows[1]?.id).toBe("c1");
    const scores = rows.map((row) => row.score_rate);
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
    expect(calibrationError(scores, later.bought)).toBeLessThan(0.03);
  });

  it("numbers rows from 1 without an id, and needs no label to score", async () => {
    const unlabelled = later.csv.replaceAll(/,[^,\n]*$/gm, "");
    const input = file("unlabelled.csv", unlabelled);
    const { out } = await runTool("ml", "predict", "--input", input, "--model", at("model.json"), "--format", "csv");
    expect(out.split("\n").slice(0, 2)[1]).toMatch(/^1,0\.\d+\r?$/);
  });

  it("measures itself on labelled rows", async () => {
    const flags = ["--input", at("later.csv"), "--label", "bought", "--model", at("model.json"), "--format", "json"];
    const quality = JSON.parse((await runTool("ml", "evaluate", ...flags)).out) as Record<string, number>;
    // The true probabilities of this simulation order its rows with an area of about 0.79.
    expect(quality.auc).toBeGreaterThan(0.75);
    expect(quality.lift_at_5).toBeGreaterThan(quality.lift_at_10 ?? 0);
    expect(Object.keys(quality)).toEqual(
      expect.arrayContaining(["average_precision", "log_loss", "brier", "lift_at_1", "lift_at_5", "lift_at_10"]),
    );
  });

  it("writes a model that says where it came from, the same for the same rows and seed", async () => {
    const flags = ["--label", "bought", "--id", "customer", "--categorical", "code", "--model", at("again.json")];
    await runTool("ml", "fit", "--input", at("training.csv"), ...flags);
    const read = (name: string) => ({ ...JSON.parse(readFileSync(at(name), "utf8")), trained_at: "" });
    expect(read("again.json")).toEqual(read("model.json"));
    expect(read("model.json")).toMatchObject({ kind: "cartwright-classifier", seed: 1, row_count: 6000 });
  });

  it.each([
    ["a,y\n1,0\n", "fit", "holds only the value"],
    ["a,y\n", "fit", "holds no value"],
    ["a,y\n1,0\n2,1\n3,2\n", "fit", "3 different values"],
    ["y\n0\n1\n", "fit", "no column beside the label"],
    ["customer,visits,channel,code\nc,many,mail,1\n", "predict", '"many" is not a number'],
    ["customer,visits,channel\nc,1,mail\n", "predict", 'no column "code"'],
  ])("refuses %j with a reason", async (csv, verb, reason) => {
    const label = verb === "fit" ? ["--label", "y", "--model", at("none.json")] : ["--model", at("model.json")];
    const { code, out, words } = await runTool("ml", verb, "--input", file("bad.csv", csv), ...label);
    expect([code, out]).toEqual([3, ""]);
    expect(words).toContain(reason);
  });

  it("refuses a file that is no model", async () => {
    const model = file("broken.json", '{"kind": "cartwright-classifier"}');
    const { code, words } = await runTool("ml", "predict", "--input", at("later.csv"), "--model", model);
    expect(code).toBe(3);
    expect(words).toContain("The model file cannot be used");
  });
});

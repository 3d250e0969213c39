/** `cartwright experiment` as a script uses it: exactly the promised JSON on standard output, exit codes, sentences. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assign } from "../src/experiments/assignment/assign.ts";
import { ensureBuilt } from "./support/built.ts";

const program = fileURLToPath(new URL("../bin/cartwright", import.meta.url));

describe("cartwright experiment", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-experiment-"));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "experiment", ...args], {
      encoding: "utf8",
    });
    return { code: status, out: stdout, words: stderr };
  };
  const analyze = (input: string, ...more: string[]) =>
    run("analyze", "--input", input, "--variant", "v", "--control", "a", "--metric", "y", ...more);

  beforeAll(ensureBuilt);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("design prints one object with the promised keys", () => {
    const found = run(
      "design",
      "--baseline",
      "0.032",
      "--effect",
      "0.5",
      "--relative",
      "--daily-units",
      "300",
      "--format",
      "json",
    );
    expect(found.words).toBe("");
    expect(JSON.parse(found.out)).toMatchObject({
      sample_size_per_variant: 2351,
      total_sample_size: 4702,
      duration_days: 16,
    });
    expect(Object.keys(JSON.parse(found.out) as object)).toContain("minimum_detectable_effect");
  });

  it("analyze prints variants, srm, dropped and power, with every promised key in every variant", () => {
    const rows = Array.from(
      { length: 60 },
      (_, unit) => `${unit},${unit % 2 ? "a" : "b"},${unit % 3 ? 0 : 1},${unit % 5}`,
    );
    const input = file("plain.csv", `u,v,y,before\n${rows.join("\n")}\n61,a,,1\n`);
    const found = analyze(
      input,
      "--unit",
      "u",
      "--sequential",
      "--bayesian",
      "--covariate",
      "before",
      "--format",
      "json",
    );
    expect(found.code, found.words).toBe(0);
    const readout = JSON.parse(found.out) as Record<string, unknown> & { variants: object[] };
    expect(readout).toMatchObject({
      dropped: { missing_metric: 1 },
      srm: { chi_squared: 0, p_value: 1, is_mismatch: false },
    });
    expect(readout.power).toBeTypeOf("number");
    for (const variant of readout.variants) {
      expect(Object.keys(variant)).toEqual(
        expect.arrayContaining([
          ..."variant unit_count mean absolute_effect relative_effect ci_lower ci_upper statistic".split(" "),
          ..."p_value p_value_adjusted probability_best expected_loss".split(" "),
        ]),
      );
    }
  });

  it("gives the same bytes twice, bootstrap included", () => {
    const rows = Array.from({ length: 80 }, (_, unit) => `${unit % 2 ? "a" : "b"},${(unit * 7919) % 101}`);
    const input = file("quantiles.csv", `v,y\n${rows.join("\n")}\n`);
    const once = analyze(input, "--quantiles", "0.5,0.9", "--format", "json").out;
    expect(once).not.toBe("");
    expect(analyze(input, "--quantiles", "0.5,0.9", "--format", "json").out).toBe(once);
  });

  it.each([
    ["an empty file", "", [], 3, "is empty"],
    ["a header alone", "v,y\n", [], 3, 'holds no variant "a"'],
    ["a missing column", "v,x\na,1\nb,0\n", [], 3, 'no column "y"'],
    ["text where numbers belong", "v,y\na,x\nb,z\n", [], 3, "non_numeric_metric"],
    ["a repeated unit", "u,v,y\n1,a,1\n1,a,1\n2,b,0\n", ["--unit", "u"], 3, "--dedupe first"],
    ["weights of no number", "v,y\na,1\nb,0\n", ["--weights", "half"], 2, '--weights must be a number, got "half"'],
    ["alpha beyond 1", "v,y\na,1\nb,0\n", ["--alpha", "5"], 2, "--alpha must be between 0 and 1, got 5"],
  ])("%s is an error with its reason", (name, text, more, code, words) => {
    const found = analyze(file(`${name}.csv`, text), ...more, "--format", "json");
    expect(found.code).toBe(code);
    expect(found.out).toBe("");
    expect(found.words).toContain(words);
  });

  it("an experiment of a workspace goes from draft to decision, and gives customers the variant the client gives", () => {
    const workspace = join(folder, "shop");
    const init = spawnSync(process.execPath, [program, "init", "--workspace", workspace], { encoding: "utf8" });
    expect(init.status, init.stderr).toBe(0);
    const here = ["--workspace", workspace];
    expect(run("create", "banner", "--variants", "a,b", "--planned", "100", ...here).code).toBe(0);
    expect(run("stop", "banner", ...here)).toMatchObject({ code: 2, out: "" });
    expect(run("start", "banner", "--note", "go", ...here).words).toContain("banner is running");
    const settings = {
      salt: "banner",
      variants: ["a", "b"].map((name) => ({ name, weight: 1 })),
      ramp_rate: 1,
      namespace: null,
    };
    const given = JSON.parse(run("assign", "banner", "--unit", "C01", ...here).out) as { variant: string };
    expect(given.variant).toBe(assign("C01", settings));
    expect(run("readout", "banner", ...here).words).toContain("nothing can be said");
    expect(run("stop", "banner", ...here).code).toBe(0);
    expect(JSON.parse(run("decide", "banner", "--variant", "b", ...here).out)).toMatchObject({ status: "decided" });
    expect(run("readout", "none", ...here).code).toBe(2);
  });

  it("the effect of a change that was not randomised says that it is not", () => {
    const rows = ["a", "b", "c"].flatMap((unit, at) =>
      [1, 2, 3, 4].map((week) => `${unit},${week},${10 + at + (at === 0 && week > 2 ? 5 : 0)}`),
    );
    const input = file("panel.csv", `unit,week,sales\n${rows.join("\n")}\n`);
    const columns = ["--unit", "unit", "--time", "week", "--value", "sales", "--treated", "a", "--start", "3"];
    const found = run("effect", "--input", input, ...columns, "--format", "json");
    expect(JSON.parse(found.out)).toMatchObject({ is_randomised: false, effect: 5, method: "difference" });
  });

  it("one unit an arm is an answer without a test, and says so", () => {
    const found = analyze(file("one.csv", "v,y\na,3\nb,4\n"));
    expect(found.code).toBe(0);
    expect(found.words).toContain("nothing can be said");
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runTool } from "../support/run-tool.ts";

describe("cartwright sentiment", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-sentiment-"));
  const at = (name: string): string => join(folder, name);
  const file = (name: string, text: string): string => {
    writeFileSync(at(name), text);
    return at(name);
  };
  const reviews = Array.from({ length: 60 }, (_, row) =>
    row % 2 === 0 ? `${row},Superbe,"Très bon, je recommande",5` : `${row},Nul,"Mauvaise qualité, déçu",1`,
  );
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("learns a shop's own language from its stars, and scores with the model", async () => {
    const input = file("rated.csv", `id,title,body,stars\n${reviews.join("\n")}\n60,Bof,moyen,3\n61,,,5\n`);
    const columns = ["--input", input, "--text", "title,body", "--format", "json"];
    const fitted = await runTool("sentiment", "fit", ...columns, "--rating", "stars", "--model", at("model.json"));
    expect(fitted.code, fitted.words).toBe(0);
    expect(JSON.parse(fitted.out)).toMatchObject({ positive_count: 30, negative_count: 30, left_out_count: 2 });
    const { out } = await runTool("sentiment", "predict", ...columns, "--id", "id", "--model", at("model.json"));
    const rows = JSON.parse(out) as { id: string; sentiment: number; positive_rate: number }[];
    expect(Object.keys(rows[0] ?? {})).toEqual(["id", "sentiment", "positive_rate"]);
    expect(rows[0]?.sentiment).toBeGreaterThan(0);
    expect(rows[1]?.positive_rate).toBeLessThan(0.5);
    expect(rows[61]).toEqual({ id: "61", sentiment: 0, positive_rate: 0.5 });
  });

  it("goes by a list of words without a model", async () => {
    const input = file("plain.csv", "body\nI love it\nawful\n");
    const { out } = await runTool("sentiment", "predict", "--input", input, "--text", "body", "--format", "json");
    const rows = JSON.parse(out) as { id: number; sentiment: number }[];
    expect(rows.map(({ id, sentiment }) => [id, Math.sign(sentiment)])).toEqual([
      [1, 1],
      [2, -1],
    ]);
  });

  it.each([
    ["body,stars\n", "has 0 reviews of four or five stars"],
    ["body,stars\nfine,5\n", "and 25 of each are needed"],
    ["body,stars\nfine,five\n", '"five" is not a number'],
    ["text,stars\nfine,5\n", 'no column "body"'],
  ])("refuses to learn from %j", async (csv, reason) => {
    const flags = ["--text", "body", "--rating", "stars", "--model", at("none.json")];
    const { code, out, words } = await runTool("sentiment", "fit", "--input", file("bad.csv", csv), ...flags);
    expect([code, out]).toEqual([3, ""]);
    expect(words).toContain(reason);
  });
});

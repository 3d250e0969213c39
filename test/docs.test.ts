/** Documents are kept true: links lead somewhere, terms match the code, errors are listed both ways, README commands exist. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createProgram } from "../src/cli/main.ts";
import { errorKinds } from "../src/errors.ts";
import { metrics } from "../src/metrics/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return ["node_modules", "dist", ".git", ".cartwright"].includes(entry.name) ? [] : markdownIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

const pages = markdownIn(".");

describe("documents", () => {
  it("every relative link leads to a file", () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .filter((match) => !existsSync(join(root, dirname(page), match[1] ?? "")))
        .map((match) => `${page}: ${match[1]}`),
    );
    expect(broken).toEqual([]);
  });

  it("the documents of a complete project are there", () => {
    const expected = [
      "README.md",
      "ARCHITECTURE.md",
      "CONTRIBUTING.md",
      "CHANGELOG.md",
      "SECURITY.md",
      "NOTICE",
      "LICENSE",
      "docs/glossary.md",
    ];
    expect(expected.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("the glossary defines every metric in the words of its declaration", () => {
    const glossary = read("docs/glossary.md");
    const missing = metrics.filter(
      (metric) => !glossary.includes(`| ${metric.label} | \`${metric.name}\` | ${metric.meaning} |`),
    );
    expect(missing.map((metric) => metric.name)).toEqual([]);
  });

  it("the list of errors and the code name the same codes", () => {
    const listed = [...read("docs/reference/errors.md").matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual(Object.keys(errorKinds).sort());
  });

  it("every decision is in the index", () => {
    const index = read("docs/decisions/README.md");
    const records = readdirSync(join(root, "docs/decisions")).filter((name) => /^\d{4}-/.test(name));
    expect(records.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });

  it("every `cartwright` command in the README and the guides exists, with its flags", () => {
    const program = createProgram();
    const wrong: string[] = [];
    for (const page of pages.filter((path) => path === "README.md" || path.startsWith("docs/guides/"))) {
      for (const [, line = ""] of read(page).matchAll(/^(?:\$ )?(?:npx |\.\/bin\/)?cartwright ([^\n#]+)/gm)) {
        const words = line.trim().split(/\s+/);
        let command = program.commands.find((one) => one.name() === words[0]);
        const child = command?.commands.find((one) => one.name() === words[1]);
        if (child) command = child;
        const flags = words.filter((word) => word.startsWith("--")).map((word) => word.split("=")[0] ?? "");
        const known = command?.options.map((option) => option.long) ?? [];
        if (!command || flags.some((flag) => !known.includes(flag))) wrong.push(`${page}: cartwright ${line}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("no document or source names a path of one machine or a registry's host", () => {
    const wrong = pages.filter((page) => /(^|[\s"'(])\/(work|home|root|Users)\/|registry\.npmjs\.org/.test(read(page)));
    expect(wrong).toEqual([]);
  });
});

/** The list of OWASP ASVS 5.0, level 1: whole, each requirement once, and what it names is there. Some are held by how the source is written. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const page = read("docs/security-asvs.md");
const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+) \|$/gm)].map(
  ([, id = "", asks = "", held = ""]) => ({
    id,
    asks,
    held,
  }),
);

const sources = ["src", "web"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ts|tsx|js)$/.test(path) && !/\.test\.|(^|\/)dist\//.test(path))
    .map((path) => ({ path: `${folder}/${path}`, text: read(`${folder}/${path}`) })),
);
const holding = (pattern: RegExp): string[] => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

it("holds each of the 70 requirements of level 1 once, in order", () => {
  const numbers = read("test/reference/asvs/level-1.txt").trim().split("\n");
  expect(numbers).toHaveLength(70);
  expect(rows.map(({ id }) => id)).toEqual(numbers);
});

it("gives each a test or file that exists, or the reason why it does not apply", () => {
  const wrong = rows.flatMap(({ id, held }) => {
    const named = [...held.matchAll(/`((?:test|src|docs)\/[^`]+|SECURITY\.md)`/g)].map(([, path = ""]) => path);
    const missing = named.filter((path) => !existsSync(join(root, path)));
    const hasReason = /^Does not apply/.test(held) || named.length > 0 || /npm audit/.test(held);
    return [...missing.map((path) => `${id}: ${path}`), ...(hasReason ? [] : [`${id} names nothing`])];
  });
  expect(wrong).toEqual([]);
});

it("is linked from SECURITY.md, which says how soon weaknesses of libraries are mended", () => {
  const security = read("SECURITY.md");
  expect(security).toContain("docs/security-asvs.md");
  expect(security).toMatch(/\*\*Libraries\.\*\*.*within \d+ days/);
});

it("starts no shell, runs no text as code, renders no text as HTML and uses no broken hash", () => {
  expect(sources.length).toBeGreaterThan(700);
  expect(holding(/(?<!\.)\b(execSync|exec)\s*\(\s*[`"']|shell:\s*true/)).toEqual([]);
  expect(holding(/\beval\s*\(|new Function\s*\(|from "node:vm"/)).toEqual([]);
  expect(holding(/\.innerHTML|dangerouslySetInnerHTML|document\.write\s*\(|insertAdjacentHTML/)).toEqual([]);
  expect(holding(/create(Hash|Hmac)\(\s*["'](md5|sha1)["']/i)).toEqual([]);
});

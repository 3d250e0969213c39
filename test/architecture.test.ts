/** The layout is the architecture: who may import whom, how long a file may be, and what must not be called where. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ["node_modules", "dist", "generated"].includes(entry.name) ? [] : filesIn(path);
    return [path];
  });
}

const sources = filesIn("src").filter((path) => /\.(ts|js)$/.test(path) && !path.endsWith(".test.ts"));
const text = (path: string): string => readFileSync(join(root, path), "utf8");
const code = (path: string): string => text(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
const layerOf = (path: string): string => path.split("/")[1]?.replace(/\.ts$/, "") ?? "";

/** A layer may import itself and what stands here; ARCHITECTURE.md tabulates the same. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  clock: [],
  errors: [],
  version: [],
  "json-document": [],
  config: ["errors", "json-document"],
  stats: [],
  metrics: [],
  sources: ["ingestion", "stats"],
  ingestion: ["clock", "config", "errors", "sources", "warehouse"],
  warehouse: ["clock", "config", "errors"],
  segments: ["clock", "errors", "warehouse"],
  analyses: ["errors", "json-document", "metrics", "mining", "segments", "stats", "warehouse"],
  alerts: ["analyses", "clock", "config", "errors", "kept", "warehouse", "webhook"],
  kept: ["analyses", "clock", "errors", "warehouse"],
  report: ["analyses", "errors", "warehouse"],
  schedules: ["clock", "config", "errors", "workspace"],
  "segment-sync": ["clock", "config", "errors", "segments", "warehouse", "webhook", "workspace"],
  webhook: [],
  tables: ["errors", "ingestion"],
  mining: ["errors"],
  ml: ["clock", "config", "errors", "experiments", "stats", "tables", "warehouse"],
  experiments: ["clock", "config", "errors", "segments", "stats", "tables", "warehouse"],
  store: ["clock", "config", "errors", "stats"],
  identity: ["clock", "errors", "ingestion", "warehouse"],
  delivery: ["config", "errors", "ingestion", "store", "warehouse", "workspace"],
  simulator: ["errors", "stats"],
  workspace: ["clock", "config", "errors", "warehouse"],
  tracking: ["errors", "json-document", "sources", "workspace"],
  trust: ["analyses", "errors", "warehouse"],
  collect: ["clock", "config", "errors", "ingestion", "sources", "tracking", "warehouse", "workspace"],
  pulls: ["clock", "config", "errors", "ingestion", "sources", "warehouse", "workspace"],
  mcp: ["analyses", "config", "errors", "metrics", "version", "warehouse"],
  privacy: ["clock", "config", "errors", "identity", "ingestion", "segments", "store", "warehouse", "workspace"],
  backup: ["clock", "config", "errors", "ingestion", "privacy", "store", "version", "warehouse", "workspace"],
  api: [
    "alerts",
    "analyses",
    "clock",
    "collect",
    "config",
    "delivery",
    "errors",
    "experiments",
    "identity",
    "ingestion",
    "kept",
    "mcp",
    "metrics",
    "ml",
    "privacy",
    "report",
    "schedules",
    "segment-sync",
    "segments",
    "stats",
    "store",
    "tracking",
    "trust",
    "version",
    "warehouse",
    "workspace",
  ],
  cli: [
    "alerts",
    "analyses",
    "api",
    "backup",
    "clock",
    "collect",
    "config",
    "delivery",
    "errors",
    "experiments",
    "identity",
    "ingestion",
    "kept",
    "mcp",
    "metrics",
    "mining",
    "ml",
    "privacy",
    "pulls",
    "report",
    "schedules",
    "segments",
    "simulator",
    "sources",
    "stats",
    "store",
    "tables",
    "tracking",
    "trust",
    "version",
    "warehouse",
    "workspace",
  ],
  reference: [
    "analyses",
    "api",
    "cli",
    "clock",
    "config",
    "errors",
    "ingestion",
    "metrics",
    "sources",
    "store",
    "warehouse",
    "workspace",
  ],
};

const importsOf = (path: string): string[] =>
  [...text(path).matchAll(/^(?:import|export)[^"']*?from\s+"(\.[^"]+)"|^import\s+"(\.[^"]+)"/gm)].map((match) =>
    relative(root, resolve(join(root, dirname(path)), match[1] ?? match[2] ?? "")),
  );

describe("architecture", () => {
  it("imports go in one direction only", () => {
    const wrong = sources.flatMap((path) =>
      importsOf(path)
        .filter((target) => target.startsWith("src/"))
        .filter((target) => layerOf(target) !== layerOf(path) && !mayImport[layerOf(path)]?.includes(layerOf(target)))
        .map((target) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("the table of layers names every folder and file of src, and only those", () => {
    const layers = readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => (entry.isDirectory() ? sources.some((path) => path.startsWith(`src/${entry.name}/`)) : true))
      .map((entry) => entry.name.replace(/\.ts$/, ""));
    expect(layers.filter((layer) => !(layer in mayImport))).toEqual([]);
  });

  it("sources depend on ingestion by type only", () => {
    const wrong = sources.filter(
      (path) => layerOf(path) === "sources" && /^import (?!type)[^;]*"\.\.\/\.\.\/ingestion/m.test(text(path)),
    );
    expect(wrong).toEqual([]);
  });

  it("the dashboard imports nothing from src", () => {
    const wrong = filesIn("web")
      .filter((path) => /\.(ts|tsx)$/.test(path))
      .filter((path) => importsOf(path).some((target) => target.startsWith("src/")));
    expect(wrong).toEqual([]);
  });

  it("no file is longer than 400 lines", () => {
    const long = [...sources, ...filesIn("web"), ...filesIn("test")]
      .filter((path) => /\.(ts|tsx|js|sql|css)$/.test(path) && !path.includes("fixtures"))
      .map((path) => ({ path, lines: text(path).split("\n").length }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it("the clock, the environment and chance are read in their own places only", () => {
    const allowed = /^src\/(clock|config)\.ts$|^src\/cli\//;
    const banned = /\bDate\.now\(|new Date\(\)|Math\.random\(|process\.env\b/;
    const wrong = sources.filter((path) => !allowed.test(path) && banned.test(code(path)));
    expect(wrong).toEqual([]);
  });

  it("no source uses any, enum, default exports or a non-null assertion outside of numerical code", () => {
    const wrong = sources.filter(
      (path) => path.endsWith(".ts") && /:\s*any\s*[;,)=\]]|\bas any\b|^export default|^export enum/m.test(code(path)),
    );
    expect(wrong).toEqual([]);
  });
});

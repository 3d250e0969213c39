import { readFileSync } from "node:fs";

const cache = new Map<string, string>();

/** The text of a SQL file beside the code, read once. */
export function readSql(url: URL): string {
  const known = cache.get(url.href);
  if (known !== undefined) return known;
  const text = readFileSync(url, "utf8").trim();
  cache.set(url.href, text);
  return text;
}

/** The `{name:Type}` bindings a SQL text asks for. */
export function bindingsOf(sql: string): ReadonlyMap<string, string> {
  const bindings = new Map<string, string>();
  const withoutComments = sql.replace(/--.*$/gm, "");
  for (const match of withoutComments.matchAll(/\{(\w+):((?:[^{}])+)\}/g)) {
    if (match[1] && match[2]) bindings.set(match[1], match[2].trim());
  }
  return bindings;
}

/** Only those of `values` that the text binds: the engine refuses none, but a reader of its log would wonder. */
export function bindOnly(sql: string, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const wanted = bindingsOf(sql);
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted.has(name)));
}

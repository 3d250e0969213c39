/** How the router reads and writes the address: plain text values, a repeated key for a list. */
export type SearchRecord = Readonly<Record<string, string | readonly string[]>>;

export function parseSearch(given: string): SearchRecord {
  const search = new URLSearchParams(given);
  const record: Record<string, string | readonly string[]> = {};
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key);
    record[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return record;
}

export function stringifySearch(record: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(record)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === "string") search.append(key, one);
    }
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

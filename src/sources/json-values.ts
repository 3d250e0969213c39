/** Reading values out of what a client sent: nothing about its shape is certain. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object under a key; an empty one when there is none. */
export const objectAt = (from: JsonObject, key: string): JsonObject => {
  const value = from[key];
  return isObject(value) ? value : {};
};

/** A text or a number as text, outer spaces removed; empty for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" && Number.isFinite(value) ? String(value) : "";
}

/** The first of some keys that holds a text or number, and which it was. */
export function firstText(from: JsonObject, keys: readonly string[]): string {
  for (const key of keys) {
    const text = textOf(from[key]);
    if (text !== "") return text;
  }
  return "";
}

/** Copies what an object holds under other keys than these. Loops, not entries: this is done for every event. */
export function copyWithout(into: Record<string, unknown>, from: JsonObject, keys: ReadonlySet<string>): void {
  for (const key in from) if (!keys.has(key) && key !== "__proto__") into[key] = from[key];
}

/** What is left of an object without some keys. */
export function without(from: JsonObject, keys: ReadonlySet<string>): Record<string, unknown> {
  const left: Record<string, unknown> = {};
  copyWithout(left, from, keys);
  return left;
}

/** E-mail addresses in answers, masked: the same mask as the warehouse's `mask_emails`. */

/** At most 64 letters stand before the @ (RFC 5321), which also bounds the search in a text without any. */
const address = /([^\s@"<>(),;:*\\])[^\s@"<>(),;:*\\]{0,63}@(?=[\w-]{1,63}\.)/g;

/** A text with each e-mail address in it as `a***@example.com`. */
export const maskEmails = (text: string): string => (text.includes("@") ? text.replace(address, "$1***@") : text);

/** The same of every text within a value that is to become JSON; what says itself how it is written, as a date does, stays. */
export function masked(value: unknown): unknown {
  if (typeof value === "string") return maskEmails(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [maskEmails(name), masked(one)]));
}

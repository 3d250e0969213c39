import { expect, it } from "vitest";
import { namePatterns } from "./name-patterns.ts";
import type { Person } from "./person.ts";

const person = (parts: Partial<Person>): Person => ({
  ids: [],
  keys: [],
  emails: [],
  names: [],
  storeIds: [],
  visitors: [],
  ...parts,
});
const finds = (parts: Partial<Person>, text: string, where: "anywhere" | "inRejects" = "anywhere"): boolean => {
  const pattern = namePatterns(person(parts))[where];
  return pattern !== null && new RegExp(pattern, "iu").test(text);
};

it("finds addresses, full names and ids as whole words, whatever their letters", () => {
  const ada = { ids: ["crm-7"], emails: ["a.b+c@example.com"], names: ["Ada Lovelace", "Ada"] };
  expect(finds(ada, 'to "A.B+C@Example.com"')).toBe(true);
  expect(finds(ada, "xa.b+c@example.com")).toBe(false);
  expect(finds(ada, "axb+c@example.com")).toBe(false);
  expect(finds(ada, "ADA LOVELACE")).toBe(true);
  expect(finds(ada, "Ada, Oklahoma")).toBe(false);
  expect(finds(ada, "crm-7,x")).toBe(true);
  expect(finds(ada, "crm-78")).toBe(false);
});

it("takes a short number for an id only where it is said to be one, and in refused rows", () => {
  const one = { ids: ["2026"] };
  expect(finds(one, '{"from":"2026-01-01"}')).toBe(false);
  expect(finds(one, "?customer_id=2026&x=1")).toBe(true);
  expect(finds(one, '{"customer_id": "2026"}')).toBe(true);
  expect(finds(one, '{"customer_id": "20261"}')).toBe(false);
  expect(finds(one, "A-1;2026;3.50", "inRejects")).toBe(true);
  expect(finds({ ids: ["12"] }, "A-1;12;3.50", "inRejects")).toBe(false);
  expect(finds({ ids: ["541312140"] }, "by 541312140")).toBe(true);
});

it("looks for nothing where nothing is known", () => {
  expect(namePatterns(person({ names: ["Ada"] }))).toEqual({ anywhere: null, inRejects: null, replaced: [] });
});

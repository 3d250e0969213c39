import { expect, it } from "vitest";
import { maskEmails, masked } from "./mask.ts";

it("leaves one letter of an address and what stands behind the @", () => {
  expect(maskEmails("write to ada.lovelace@example.com, or b@x.org")).toBe("write to a***@example.com, or b***@x.org");
  expect(maskEmails("a***@example.com")).toBe("a***@example.com");
});

it("reaches every text of a value, and leaves what is no text as it is", () => {
  const at = new Date("2026-03-01T10:00:00Z");
  expect(masked({ "ann@example.com": ["ben@example.com", 3, null, true], at, further: { note: "x" } })).toEqual({
    "a***@example.com": ["b***@example.com", 3, null, true],
    at,
    further: { note: "x" },
  });
});

import { expect, it } from "vitest";
import { parseExactly } from "./exact-json.ts";

it("keeps the digits of long ids, and leaves fractions, exponents and texts alone", () => {
  expect(
    parseExactly(
      '{"id":12345678901234567890,"n":0.30000000000000004,"e":1234567890123456e2,"t":"1 \\" 1234567890123456"}',
    ),
  ).toEqual({
    id: "12345678901234567890",
    n: 0.1 + 0.2,
    e: 1234567890123456e2,
    t: '1 " 1234567890123456',
  });
  expect(parseExactly("[-1234567890123456, 5]")).toEqual(["-1234567890123456", 5]);
});

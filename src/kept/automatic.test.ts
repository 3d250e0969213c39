import { expect, it } from "vitest";
import { type PriceChange, priceDays } from "./automatic.ts";

const changes = (on: string, rises: number, falls: number): PriceChange[] => [
  ...Array.from({ length: rises }, () => ({ on, isRise: true })),
  ...Array.from({ length: falls }, () => ({ on, isRise: false })),
];

it("marks a day of a sale, and not the everyday change of a price", () => {
  const given = [...changes("2025-03-01", 1, 0), ...changes("2025-03-10", 2, 10), ...changes("2025-03-20", 0, 1)];
  // 14 changes in 100 days: mean 0.14, mean square (1 + 144 + 1) / 100 = 1.46, deviation 1.2003; limit 3.74.
  expect(priceDays(given, 100)).toEqual([
    {
      kind: "prices",
      first_on: "2025-03-10",
      last_on: "2025-03-10",
      text: "12 prices changed: 2 up, 10 down",
      page: null,
      analysis: null,
    },
  ]);
});

it("marks nothing where prices change as much every day", () => {
  const given = ["2025-03-01", "2025-03-02", "2025-03-03", "2025-03-04"].flatMap((day) => changes(day, 20, 20));
  expect(priceDays(given, 4)).toEqual([]);
});

it("marks nothing of two changes, however calm the shop", () => {
  expect(priceDays(changes("2025-03-01", 0, 2), 1000)).toEqual([]);
});

import { unknown } from "../format.ts";

/** A p-value to three decimals; smaller ones are only said to be smaller. */
export function pText(value: number | null): string {
  if (value === null) return unknown;
  return value < 0.0005 ? "< 0.001" : value.toFixed(3);
}

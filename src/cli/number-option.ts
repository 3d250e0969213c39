import { CartwrightError } from "../errors.ts";

/** An option's text as a number. @throws invalid_parameter naming option and value */
export function numberOption(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) {
    throw new CartwrightError("invalid_parameter", `--${name} must be a number, got "${text}"`, { name });
  }
  return value;
}

/** The same for a list separated by commas. */
export const numbersOption = (name: string, text: string): number[] =>
  text.split(",").map((part) => numberOption(name, part));

/** The same for a number that must lie strictly between two others. */
export function numberBetween(name: string, text: string, low: number, high: number): number {
  const value = numberOption(name, text);
  if (value > low && value < high) return value;
  throw new CartwrightError("invalid_parameter", `--${name} must be between ${low} and ${high}, got ${text}`, { name });
}

import type { ShopContext } from "./context.ts";

/** The day after the last one the warehouse holds, on which experiments are read out; the epoch in an empty shop. */
export async function asOfDay(context: ShopContext): Promise<string> {
  const { lastDay } = await context.extent();
  if (lastDay === null) return "1970-01-02";
  return new Date(Date.parse(`${lastDay}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** A shop whose checkouts fell two days ago and whose last day's purchases lack their order; small enough to count by hand. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestShop, type TestShop } from "./shop.ts";

/** 63 whole days from Mon 6 January to Sun 9 March 2025. */
const dayOf = (index: number): string => new Date(Date.UTC(2025, 0, 6 + index)).toISOString().slice(0, 10);

export async function openTroubledShop(): Promise<TestShop> {
  const shop = await openTestShop();
  const folder = mkdtempSync(join(tmpdir(), "cartwright-troubled-"));
  const names = ["event_id", "event_at", "event_type", "customer_id", "product_id", "price", "order_id", "plan_note"];
  const lines = [names.join(",")];
  for (let day = 0; day < 63; day += 1)
    for (let one = 0; one < 100; one += 1) {
      lines.push(`v-${day}-${one},${dayOf(day)}T12:00:00Z,view,c${one},p1,5,,Product Viewed`);
      // Checkouts fall to 20 a day on the last two days.
      if (day < 61 || one < 20) lines.push(`c-${day}-${one},${dayOf(day)}T13:00:00Z,checkout_start,c${one},p1,5,,`);
      // Of the last week's 7 x 10 purchases the last day's ten lack the order.
      const note = day === 62 ? '"Order Completed\nmissing_property order_id"' : "Order Completed";
      if (one < 10) lines.push(`p-${day}-${one},${dayOf(day)}T14:00:00Z,purchase,c${one},p1,5,o-${day}-${one},${note}`);
    }
  const path = join(folder, "events.csv");
  writeFileSync(path, `${lines.join("\n")}\n`);
  const columns = Object.fromEntries(names.map((name) => [name, name]));
  await shop.load([path], { mapping: { kind: "events", columns } });
  rmSync(folder, { recursive: true, force: true });
  return shop;
}

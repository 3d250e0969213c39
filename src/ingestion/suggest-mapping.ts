/** A first mapping for a file that no preset fits, from the names of its columns; a person corrects it. */
import { type KindName, kindNames, kinds } from "./kinds.ts";
import type { Mapping } from "./mapping.ts";

/** What shops call a field, beside its own name; as `words` writes names. */
const usualNames: Readonly<Record<string, readonly string[]>> = {
  order_id: ["order", "order_number", "order_no", "invoice", "invoice_no", "invoice_number"],
  line_at: ["ordered_at", "order_date", "date", "invoice_date", "created_at", "purchased_at", "time"],
  placed_at: ["ordered_at", "order_date", "date", "created_at"],
  event_at: ["event_time", "timestamp", "time", "occurred_at", "created_at"],
  event_type: ["event", "event_name", "action"],
  customer_id: ["customer", "user_id", "client_id", "visitor_id", "customer_number", "customer_no", "email"],
  product_id: ["product", "sku", "article", "article_id", "item_id", "item", "stock_code", "product_code"],
  product_name: ["title", "name", "item_name", "description", "product_title"],
  unit_price: ["price", "item_price", "amount", "unit_price_gross"],
  quantity: ["qty", "units", "amount_of_items", "pieces"],
  session_id: ["session", "visit_id", "user_session"],
  registered_at: ["registered_on", "signed_up_at", "created_at"],
  name: ["title", "customer_name", "full_name", "product_name"],
  spent_on: ["date", "day"],
  spend: ["cost", "amount"],
};

const words = (name: string): string =>
  name
    .trim()
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");

function columnsFor(kind: KindName, header: readonly string[]): Record<string, string> {
  const free = new Map(header.map((column) => [words(column), column]));
  const found: Record<string, string> = {};
  const take = (field: string, name: string): void => {
    const column = free.get(name);
    if (column === undefined || field in found) return;
    found[field] = column;
    free.delete(name);
  };
  const fields = Object.keys(kinds[kind].fields);
  for (const field of fields) take(field, field);
  for (const field of fields) for (const name of usualNames[field] ?? []) take(field, name);
  return found;
}

/** The kind that takes most columns, each required field without one counting against it; columns it does not know stay free. */
export function suggestMapping(header: readonly string[]): Mapping {
  const rated = kindNames.map((kind) => {
    const columns = columnsFor(kind, header);
    const missing = Object.entries(kinds[kind].fields).filter(
      ([name, field]) => field.isRequired && !(name in columns),
    );
    return { kind, columns, fit: Object.keys(columns).length - missing.length };
  });
  const best = rated.reduce((most, one) => (one.fit > most.fit ? one : most));
  return { kind: best.kind, columns: best.columns };
}

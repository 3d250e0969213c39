/** The rows of one order of Shopify's export. */
import { digitsOf, fromUnits, isAmount, spread, toUnits } from "../amounts.ts";
import { textOf } from "../json-values.ts";
import type { ShapedRow, SourceRecord } from "../preset.ts";

/** Fields of order lines, each from the column of the file, or from what the order's columns together say. */
export const lineColumns = {
  order_id: "Name",
  line_id: "line",
  line_at: "Created at",
  product_id: "Lineitem sku",
  product_name: "Lineitem name",
  brand: "Vendor",
  quantity: "Lineitem quantity",
  unit_price: "Lineitem price",
  discount: "Lineitem discount",
  currency: "Currency",
};

export const orderColumns = {
  order_id: "Name",
  customer_id: "Email",
  status: "Financial Status",
  placed_at: "Created at",
  paid_at: "Paid at",
  cancelled_at: "Cancelled at",
  channel: "Source",
  country: "Billing Country",
  tax: "Taxes",
  shipping: "Shipping",
  currency: "Currency",
};

export const customerColumns = {
  customer_id: "Email",
  email: "Email",
  name: "Billing Name",
  city: "Billing City",
  region: "Billing Province",
  postal_code: "Billing Zip",
  country: "Billing Country",
};

/**
 * An order, its lines, a return for what was refunded, and its customer.
 *
 * The subtotal is what the goods came to after every discount, so what the lines' prices exceed it by is their discount,
 * spread over them by amount. A refund is of goods by their share in the total, the rest of it is shipping and tax. The
 * export does not say when money was given back: the return stands on the day of the cancellation, else of the order.
 */
export function orderRows(records: readonly SourceRecord[]): ShapedRow[] {
  const [first = {}] = records;
  const of = (column: string): string => textOf(first[column.toLowerCase()]);
  const customer = of("Email").toLowerCase() || of("Phone");
  const shared = { Name: of("Name"), "Created at": of("Created at"), Currency: of("Currency") };
  const same = ["Paid at", "Cancelled at", "Source", "Billing Country", "Taxes", "Shipping"];
  const header: ShapedRow = {
    kind: "orders",
    record: 0,
    values: {
      ...shared,
      ...Object.fromEntries(same.map((column) => [column, of(column)])),
      Email: customer,
      "Financial Status": of("Cancelled at") === "" ? of("Financial Status") : "cancelled",
    },
  };
  const lines = records.map((record) => {
    const at = (column: string): string => textOf(record[column.toLowerCase()]);
    const [price, quantity] = [at("Lineitem price"), at("Lineitem quantity")];
    return { at, price, quantity, discount: at("Lineitem discount") };
  });
  const money = [
    of("Subtotal"),
    of("Total"),
    of("Refunded Amount"),
    ...lines.flatMap(({ price, discount }) => [price, discount]),
  ];
  const digits = digitsOf(money);
  const units = (text: string): number => toUnits(text, digits);
  const amounts = lines.map(({ price, quantity }) => units(price) * (Number(quantity) || 0));
  const own = lines.map(({ discount }) => units(discount));
  const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
  const rest = isAmount(of("Subtotal")) ? sum(amounts) - sum(own) - units(of("Subtotal")) : 0;
  const shares = spread(
    Math.max(rest, 0),
    amounts.map((amount, index) => amount - (own[index] ?? 0)),
  );
  const rows: ShapedRow[] = lines.map(({ at, price, quantity }, record) => ({
    kind: "order_lines",
    record,
    values: {
      ...shared,
      line: String(record + 1),
      "Created at": at("Created at") || shared["Created at"],
      "Lineitem sku": at("Lineitem sku") || at("Lineitem name"),
      "Lineitem name": at("Lineitem name"),
      Vendor: at("Vendor"),
      "Lineitem quantity": quantity,
      "Lineitem price": price,
      "Lineitem discount": fromUnits((own[record] ?? 0) + (shares[record] ?? 0), digits),
    },
  }));
  rows.push(header);
  const [refunded, total] = [units(of("Refunded Amount")), units(of("Total"))];
  if (refunded > 0) {
    const goods = total > 0 ? Math.round((refunded * units(of("Subtotal"))) / total) : refunded;
    rows.push({
      kind: "order_lines",
      record: 0,
      values: {
        ...shared,
        line: "refund",
        "Created at": of("Cancelled at") || shared["Created at"],
        "Lineitem quantity": "-1",
        "Lineitem price": fromUnits(goods, digits),
      },
    });
  }
  if (customer !== "") rows.push({ kind: "customers", record: 0, values: customerValues(of, customer) });
  return rows;
}

function customerValues(of: (column: string) => string, customer: string): Record<string, string> {
  const places = ["Billing Name", "Billing City", "Billing Province", "Billing Zip", "Billing Country"];
  // A spreadsheet would cut the zeros of a postal code, so the export puts an apostrophe before it.
  return { ...Object.fromEntries(places.map((column) => [column, of(column).replace(/^'/, "")])), Email: customer };
}

/**
 * The insert statement for a file. Column lists depend on the file's header, so this is the one place where SQL is
 * composed: of declared expressions and positional column names only; every value from outside is a bound parameter.
 */
import { landings } from "../warehouse/landing.ts";
import { type InstantForm, instantShapes } from "./instant-forms.ts";
import { movementTypes } from "./kinds.ts";
import type { ResolvedMapping } from "./mapping.ts";

export interface Statement {
  readonly sql: string;
  readonly bindings: Readonly<Record<string, unknown>>;
}

/** How rows reach the engine: the file's own bytes, or rows already read and written out anew. */
export type RowForm =
  | { readonly kind: "file"; readonly delimiter: string; readonly instantForms: ReadonlyMap<string, InstantForm> }
  | { readonly kind: "rewritten" };

/** SQL for one field: its text, and typed readings of it. */
interface FieldSql {
  readonly text: string;
  readonly isRequired: boolean;
}

class Composer {
  readonly bindings: Record<string, unknown> = {};
  readonly refusals: string[] = [];
  readonly #mapping: ResolvedMapping;
  readonly #form: RowForm;

  constructor(mapping: ResolvedMapping, form: RowForm) {
    this.#mapping = mapping;
    this.#form = form;
  }

  #field(name: string): FieldSql | null {
    const index = this.#mapping.sources.findIndex((source) => source.name === name);
    const source = this.#mapping.sources[index];
    if (!source) return null;
    if (this.#form.kind === "rewritten") return { text: `f${index}`, isRequired: source.field.isRequired ?? false };
    const columns = source.positions.map((position) => this.#column(position));
    let text = columns.length > 1 ? `concat(${columns.join(", '-', ")})` : (columns[0] ?? "''");
    if (source.constant !== null) {
      this.bindings[`constant_${name}`] = source.constant;
      text = `{constant_${name}:String}`;
    }
    if (source.values) {
      this.bindings[`from_${name}`] = [...source.values.keys()];
      this.bindings[`to_${name}`] = [...source.values.values()];
      text = `transform(lower(${text}), {from_${name}:Array(String)}, {to_${name}:Array(String)}, ${source.field.type === "choice" ? "''" : text})`;
    }
    if (source.prefix) {
      this.bindings[`prefix_${name}`] = source.prefix;
      text = `if(${text} = '', '', concat({prefix_${name}:String}, ${text}))`;
    }
    return { text, isRequired: source.field.isRequired ?? false };
  }

  /** A column of the file, or the value that a folder's name gives. */
  #column(position: number): string {
    const { header, pathValues } = this.#mapping;
    const inPath = position - (header.length - pathValues.length);
    if (inPath < 0) return `c${position}`;
    this.bindings[`path_${inPath}`] = pathValues[inPath];
    return `{path_${inPath}:String}`;
  }

  text(name: string): string {
    const field = this.#field(name);
    if (!field) return "''";
    if (field.isRequired) this.refusals.push(`${field.text} = ''`, `length(${field.text}) > 512`);
    return field.text;
  }

  choice(name: string, values: readonly string[]): string {
    const field = this.#field(name);
    if (!field) return "''";
    this.bindings[`known_${name}`] = values;
    this.refusals.push(`not has({known_${name}:Array(String)}, ${field.text})`);
    return field.text;
  }

  key(name: string): string {
    return `natural_key(${this.text(name)})`;
  }

  /** The natural id where its key is a hash, else nothing: the key itself says it. */
  hashedId(name: string, key: string): string {
    return `if(${key} < 9223372036854775808, '', ${this.#field(name)?.text ?? "''"})`;
  }

  instant(name: string): string {
    const field = this.#field(name);
    if (!field) return "null";
    const shape =
      instantShapes[this.#form.kind === "rewritten" ? "canonical" : (this.#form.instantForms.get(name) ?? "canonical")];
    const isFine = `(${shape.check(field.text)})`;
    this.refusals.push(field.isRequired ? `not ${isFine}` : `not (${field.text} = '' or ${isFine})`);
    return field.isRequired ? shape.read(field.text) : `if(${field.text} = '', null, ${shape.read(field.text)})`;
  }

  #decimal(field: FieldSql): string {
    const read = `toDecimal64OrNull(${field.text}, 6)`;
    const isBad = `(isNull(${read}) or ${field.text} in ('-', '+', '.', '-.', '+.') or abs(${read}) > 90000000000)`;
    this.refusals.push(field.isRequired ? isBad : `(${field.text} != '' and ${isBad})`);
    return read;
  }

  /** Minor units; `missing` where the field is empty or not mapped. */
  money(name: string, missing: "0" | "null" = "0"): string {
    const field = this.#field(name);
    if (!field) return missing;
    const minor = `toInt64(round(${this.#decimal(field)} * {minor_per_major:UInt16}))`;
    return missing === "null" ? minor : `ifNull(${minor}, ${missing})`;
  }

  /** Quantity times price in minor units, rounded once. */
  amount(quantity: string, price: string): string {
    const field = this.#field(price);
    if (!field) return "0";
    return `ifNull(toInt64(round(toDecimal128(ifNull(${this.#decimal(field)}, 0), 6) * ${quantity} * {minor_per_major:UInt16})), 0)`;
  }

  integer(name: string, missing: string): string {
    const field = this.#field(name);
    if (!field) return missing;
    const read = `toInt32OrNull(${field.text})`;
    this.refusals.push(field.isRequired ? `isNull(${read})` : `(${field.text} != '' and isNull(${read}))`);
    return `ifNull(${read}, ${missing})`;
  }

  number(name: string): string {
    const field = this.#field(name);
    return field ? `toFloat64(${this.#decimal(field)})` : "null";
  }

  flag(name: string): string {
    const field = this.#field(name);
    if (!field) return "null";
    this.refusals.push(`${field.text} not in ('', '0', '1')`);
    return `if(${field.text} = '', null, ${field.text} = '1')`;
  }

  refuse(condition: string): void {
    this.refusals.push(condition);
  }

  currency(): void {
    const field = this.#field("currency");
    if (field) this.refusals.push(`${field.text} != '' and upper(${field.text}) != {currency:String}`);
  }

  /** Unmapped columns as a map of those that are not empty. */
  unmappedMap(): string {
    if (this.#form.kind === "rewritten") return "JSONExtract(unmapped, 'Map(String, String)')";
    const pairs = this.#mapping.unmapped.map(({ column, position }) => {
      this.bindings[`column_${position}`] = column;
      return `{column_${position}:String}, ${this.#column(position)}`;
    });
    return pairs.length === 0 ? "map()" : `mapFilter((name, value) -> value != '', map(${pairs.join(", ")}))`;
  }

  /** The JSON object of the properties column together with the unmapped columns; empty when there is nothing. */
  properties(): string {
    const own = this.#field("properties");
    if (own)
      this.refusals.push(`${own.text} != '' and not (startsWith(${own.text}, '{') and isValidJSON(${own.text}))`);
    const hasFurther = this.#form.kind === "rewritten" || this.#mapping.unmapped.length > 0;
    if (!hasFurther) return own?.text ?? "''";
    const further = `if(empty(${this.unmappedMap()}), '', toJSONString(${this.unmappedMap()}))`;
    if (!own) return further;
    const opened = `substring(trimRight(${own.text}), 1, length(trimRight(${own.text})) - 1)`;
    const comma = `if(JSONLength(${own.text}) = 0, '', ',')`;
    return `multiIf(${own.text} = '', ${further}, ${further} = '', ${own.text}, concat(${opened}, ${comma}, substring(${further}, 2)))`;
  }
}

type Selection = Readonly<Record<string, string>>;

const productColumns = (c: Composer): Selection => ({
  product_name: c.text("product_name"),
  category: c.text("category"),
  category_id: c.text("category_id"),
  brand: c.text("brand"),
});

const selections: Readonly<Record<string, (c: Composer, eventTypes: readonly string[]) => Selection>> = {
  events: (c, eventTypes) => ({
    event_at: c.instant("event_at"),
    event_on: "toDate(event_at, {time_zone:String})",
    event_type: c.choice("event_type", eventTypes),
    event_id: c.text("event_id"),
    customer_key: c.key("customer_id"),
    customer_id: c.hashedId("customer_id", "customer_key"),
    product_key: c.key("product_id"),
    product_id: c.hashedId("product_id", "product_key"),
    session_key: c.key("session_id"),
    channel: `if(${c.text("channel")} = '', channel_of(properties), ${c.text("channel")})`,
    price_minor: c.money("price"),
    quantity: c.integer("quantity", "1"),
    order_id: c.text("order_id"),
    properties: c.properties(),
    plan_note: c.text("plan_note"),
    ...productColumns(c),
  }),
  order_lines: (c) => ({
    order_key: c.key("order_id"),
    order_id: c.text("order_id"),
    line_id: c.text("line_id"),
    line_at: c.instant("line_at"),
    customer_key: c.key("customer_id"),
    customer_id: c.hashedId("customer_id", "customer_key"),
    product_key: c.key("product_id"),
    product_id: c.hashedId("product_id", "product_key"),
    quantity: c.integer("quantity", "1"),
    unit_price_minor: c.money("unit_price"),
    amount_minor: c.amount("quantity", "unit_price"),
    discount_minor: `abs(${c.money("discount")})`,
    unit_cost_minor: c.money("unit_cost", "null"),
    tax_minor: c.money("tax"),
    shipping_minor: c.money("shipping"),
    status: c.text("status"),
    channel: c.text("channel"),
    country: c.text("country"),
    ...productColumns(c),
  }),
  orders: (c) => ({
    order_key: c.key("order_id"),
    order_id: c.text("order_id"),
    customer_key: c.key("customer_id"),
    customer_id: c.hashedId("customer_id", "customer_key"),
    status: c.text("status"),
    placed_at: c.instant("placed_at"),
    paid_at: c.instant("paid_at"),
    shipped_at: c.instant("shipped_at"),
    delivered_at: c.instant("delivered_at"),
    cancelled_at: c.instant("cancelled_at"),
    channel: c.text("channel"),
    country: c.text("country"),
    tax_minor: c.money("tax"),
    shipping_minor: c.money("shipping"),
  }),
  payments: (c) => ({
    order_key: c.key("order_id"),
    order_id: c.text("order_id"),
    payment_number: c.integer("payment_number", "1"),
    method: c.text("method"),
    instalment_count: c.integer("instalment_count", "1"),
    amount_minor: c.money("amount"),
    paid_at: c.instant("paid_at"),
  }),
  customers: (c) => ({
    customer_key: c.key("customer_id"),
    customer_id: c.text("customer_id"),
    alias_key: `if(${c.text("alias_id")} = '', customer_key, ${c.key("alias_id")})`,
    name: c.text("name"),
    email: c.text("email"),
    address: c.text("address"),
    city: c.text("city"),
    region: c.text("region"),
    postal_code: c.text("postal_code"),
    country: c.text("country"),
    gender: c.text("gender"),
    age: `nullIf(${c.integer("age", "-1")}, -1)`,
    registered_at: c.instant("registered_at"),
    is_active: c.flag("is_active"),
    loyalty_score: c.number("loyalty_score"),
    attributes: c.unmappedMap(),
    message_id: c.text("message_id"),
  }),
  products: (c) => ({
    product_key: c.key("product_id"),
    product_id: c.text("product_id"),
    name: c.text("name"),
    category: c.text("category"),
    category_id: c.text("category_id"),
    brand: c.text("brand"),
    price_minor: c.money("price", "null"),
    cost_minor: c.money("cost", "null"),
    stock_quantity: `nullIf(${c.integer("stock_quantity", "-2147483648")}, -2147483648)`,
    image_url: c.text("image_url"),
    attributes: c.unmappedMap(),
  }),
  categories: (c) => ({ category_id: c.text("category_id"), category: c.text("category") }),
  reviews: (c) => ({
    review_id: c.text("review_id"),
    product_key: c.key("product_id"),
    customer_key: c.key("customer_id"),
    reviewed_at: c.instant("reviewed_at"),
    rating: `nullIf(${c.integer("rating", "0")}, 0)`,
    title: c.text("title"),
    body: c.text("body"),
  }),
  exposures: (c) => ({
    experiment_id: c.text("experiment_id"),
    customer_key: c.key("customer_id"),
    variant: c.text("variant"),
    exposed_at: c.instant("exposed_at"),
  }),
  sellers: (c) => ({
    seller_id: c.text("seller_id"),
    city: c.text("city"),
    region: c.text("region"),
    postal_code: c.text("postal_code"),
    country: c.text("country"),
  }),
  stock_movements: (c) => ({
    movement_id: c.text("movement_id"),
    product_key: c.key("product_id"),
    moved_at: c.instant("moved_at"),
    quantity: c.integer("quantity", "0"),
    movement_type: c.choice("movement_type", movementTypes),
  }),
  spend: (c) => ({
    spent_at: c.instant("spent_on"),
    channel: c.text("channel"),
    campaign: c.text("campaign"),
    spend_minor: c.money("spend"),
  }),
};

/** With categories to keep: products of these, and order lines of products that are loaded with one of these. */
function keptRows(mapping: ResolvedMapping, keep: readonly string[], composer: Composer): string {
  if (keep.length === 0) return "";
  composer.bindings.keep = keep;
  if (mapping.kind.name === "products") return " and has({keep:Array(String)}, category)";
  if (mapping.kind.name !== "order_lines") return "";
  return ` and product_key in (
    select product_key from stg_products where batch_key in live_batches and has({keep:Array(String)}, category))`;
}

/** The insert for a kind of row arriving in a given form. */
export function insertStatement(
  mapping: ResolvedMapping,
  form: RowForm,
  eventTypes: readonly string[],
  keep: readonly string[] = [],
): Statement {
  const composer = new Composer(mapping, form);
  const select = selections[mapping.kind.name];
  if (!select) throw new RangeError(`no insert for ${mapping.kind.name}`);
  const columns = select(composer, eventTypes);
  composer.currency();
  if (mapping.kind.name === "customers") composer.refuse("age < 0 or age > 150");
  if (mapping.kind.name === "reviews") composer.refuse("rating < 1 or rating > 5");
  const isFile = form.kind === "file";
  const inputColumns = isFile
    ? mapping.header.slice(0, mapping.header.length - mapping.pathValues.length).map((_, index) => `c${index} String`)
    : ["source_row UInt64", ...mapping.sources.map((_, index) => `f${index} String`), "unmapped String"];
  const row = isFile ? "{first_row:UInt64} + rowNumberInAllBlocks()" : "source_row";
  const names = ["batch_key", "source_row", ...Object.keys(columns)];
  const expressions = [
    "{batch_key:UInt32} as batch_key",
    `${row} as source_row`,
    ...Object.entries(columns).map(([name, sql]) => `${sql} as ${name}`),
  ];
  const refusals =
    composer.refusals.length > 0 ? composer.refusals.map((one) => `ifNull(${one}, false)`).join("\n    or ") : "false";
  const format = isFile
    ? `CSV settings format_csv_delimiter = '${form.delimiter === "\t" ? "\\t" : form.delimiter}'`
    : "TabSeparated";
  const sql = `insert into ${landings[mapping.kind.name]?.sentTo} (${names.join(", ")})
select
    ${expressions.join(",\n    ")}
from input('${inputColumns.join(", ")}')
where not throwIf(${refusals}, 'a row does not fit')${keptRows(mapping, keep, composer)}
${isFile ? format.replace(/^CSV (settings .*)$/, "$1 format CSV") : `format ${format}`}`;
  return { sql, bindings: composer.bindings };
}

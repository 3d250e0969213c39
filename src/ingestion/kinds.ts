/**
 * What a row of a file can be, and the fields each kind has. This is the one declaration from which the mapping check,
 * the row checks, the insert statement and the reference page of file forms follow.
 */

import { eventTypes } from "../warehouse/event-types.ts";

/** Kind of interaction. */
export type EventType = (typeof eventTypes)[number];

/** What moves stock. */
export const movementTypes = ["initial", "restock", "sale", "return", "cancellation", "correction"] as const;

/** How a field's text is read. `instant` without a zone is in the shop's zone, and not before 1971; a `day` may be any from 1970 on. */
export type FieldType =
  | "id"
  | "text"
  | "instant"
  | "day"
  | "money"
  | "integer"
  | "number"
  | "choice"
  | "flag"
  | "json"
  | "currency"
  | "rate";

/** What a rate says: units of the shop's currency for one of the currency, or, as central banks publish, units of the currency for one euro. */
export const rateForms = ["shop_units", "units_per_euro"] as const;

const currency = { type: "currency", meaning: "ISO 4217 code of the amounts; the shop's when empty" } as const;

export interface Field {
  readonly type: FieldType;
  readonly isRequired?: boolean;
  /** Allowed values of a choice. */
  readonly values?: readonly string[];
  readonly meaning: string;
}

export type KindName =
  | "events"
  | "order_lines"
  | "orders"
  | "payments"
  | "customers"
  | "products"
  | "categories"
  | "reviews"
  | "sellers"
  | "spend"
  | "exchange_rates"
  | "exposures"
  | "product_costs"
  | "stock_movements";

export interface Kind {
  readonly name: KindName;
  readonly meaning: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** Where unmapped columns go: `properties` (JSON), `attributes` (map), or nowhere (kept in no column; shown by --dry-run). */
  readonly unmapped: "properties" | "attributes" | null;
  /** The date field that says which days a row touches. */
  readonly datedBy: string | null;
}

const productFields = {
  product_name: { type: "text", meaning: "Name of the product" },
  category: { type: "text", meaning: "Category path, levels separated by dots" },
  category_id: { type: "text", meaning: "Category id of the source" },
  brand: { type: "text", meaning: "Brand" },
} as const satisfies Record<string, Field>;

const kindList: readonly Kind[] = [
  {
    name: "events",
    meaning: "One interaction a row",
    unmapped: "properties",
    datedBy: "event_at",
    fields: {
      event_id: { type: "text", meaning: "Id of the event; with one, an event counts once forever" },
      event_at: { type: "instant", isRequired: true, meaning: "Time of the event" },
      event_type: { type: "choice", isRequired: true, values: eventTypes, meaning: "Kind of interaction" },
      customer_id: { type: "text", meaning: "Customer or visitor; empty when unknown" },
      product_id: { type: "text", meaning: "Product; empty when the event has none" },
      session_id: { type: "text", meaning: "Session; empty to have sessions found by pauses" },
      channel: { type: "text", meaning: "Channel" },
      price: { type: "money", meaning: "Unit price at the time" },
      quantity: { type: "integer", meaning: "Units; 1 when empty" },
      order_id: { type: "text", meaning: "Order the event belongs to" },
      currency,
      properties: { type: "json", meaning: "Further properties as a JSON object" },
      plan_note: {
        type: "text",
        meaning: "What the tracking plan said of it; written by collecting, none of a file's",
      },
      ...productFields,
    },
  },
  {
    name: "order_lines",
    meaning: "One order line a row; returns have a negative quantity and their own time",
    unmapped: null,
    datedBy: "line_at",
    fields: {
      order_id: { type: "id", isRequired: true, meaning: "Order" },
      line_id: { type: "text", meaning: "Line within the order; with one, a line counts once forever" },
      line_at: { type: "instant", meaning: "Time of the line; the order's when empty" },
      customer_id: { type: "text", meaning: "Customer; empty when unknown" },
      product_id: { type: "text", meaning: "Product" },
      quantity: { type: "integer", meaning: "Units, negative on returns; 1 when empty" },
      unit_price: { type: "money", isRequired: true, meaning: "Price of a unit before discount" },
      discount: { type: "money", meaning: "Discount on the whole line, positive" },
      unit_cost: { type: "money", meaning: "Cost of a unit" },
      tax: { type: "money", meaning: "Tax, added up over the order's lines" },
      shipping: { type: "money", meaning: "Shipping, added up over the order's lines" },
      status: { type: "text", meaning: "Status of the order" },
      channel: { type: "text", meaning: "Channel" },
      country: { type: "text", meaning: "Country" },
      currency,
      ...productFields,
    },
  },
  {
    name: "orders",
    meaning: "One order header a row",
    unmapped: null,
    datedBy: "placed_at",
    fields: {
      order_id: { type: "id", isRequired: true, meaning: "Order" },
      customer_id: { type: "text", meaning: "Customer, or the alias customer files give" },
      status: { type: "text", meaning: "Status as published" },
      placed_at: { type: "instant", isRequired: true, meaning: "Time the order was placed" },
      paid_at: { type: "instant", meaning: "Time of payment or approval" },
      shipped_at: { type: "instant", meaning: "Time of hand-over to the carrier" },
      delivered_at: { type: "instant", meaning: "Time of delivery" },
      cancelled_at: { type: "instant", meaning: "Time of cancellation" },
      channel: { type: "text", meaning: "Channel" },
      country: { type: "text", meaning: "Country" },
      tax: { type: "money", meaning: "Tax of the order" },
      shipping: { type: "money", meaning: "Shipping of the order" },
      currency,
    },
  },
  {
    name: "payments",
    meaning: "One payment a row",
    unmapped: null,
    datedBy: null,
    fields: {
      order_id: { type: "id", isRequired: true, meaning: "Order" },
      payment_number: { type: "integer", meaning: "Position in the order from 1; 1 when empty" },
      method: { type: "text", meaning: "Method" },
      instalment_count: { type: "integer", meaning: "Instalments; 1 when empty" },
      amount: { type: "money", isRequired: true, meaning: "Amount" },
      paid_at: { type: "instant", meaning: "Time of the payment" },
      currency,
    },
  },
  {
    name: "customers",
    meaning: "One customer a row",
    unmapped: "attributes",
    datedBy: null,
    fields: {
      customer_id: { type: "id", isRequired: true, meaning: "Customer" },
      alias_id: { type: "text", meaning: "Second id by which orders name the customer" },
      name: { type: "text", meaning: "Name" },
      email: { type: "text", meaning: "E-mail address" },
      address: { type: "text", meaning: "Street address" },
      city: { type: "text", meaning: "City" },
      region: { type: "text", meaning: "State or region" },
      postal_code: { type: "text", meaning: "Postal code" },
      country: { type: "text", meaning: "Country" },
      gender: { type: "text", meaning: "Gender as given" },
      age: { type: "integer", meaning: "Age in years, 0 to 150" },
      registered_at: { type: "instant", meaning: "Time or day of registration" },
      is_active: { type: "flag", meaning: "Account in use" },
      loyalty_score: { type: "number", meaning: "Loyalty score" },
      message_id: { type: "text", meaning: "Id of the message that told it" },
    },
  },
  {
    name: "products",
    meaning: "One product a row",
    unmapped: "attributes",
    datedBy: null,
    fields: {
      product_id: { type: "id", isRequired: true, meaning: "Product" },
      name: { type: "text", meaning: "Name" },
      category: { type: "text", meaning: "Category path, levels separated by dots" },
      category_id: { type: "text", meaning: "Category id of the source" },
      brand: { type: "text", meaning: "Brand" },
      price: { type: "money", meaning: "List price" },
      cost: { type: "money", meaning: "Cost of a unit" },
      stock_quantity: { type: "integer", meaning: "Units on hand" },
      image_url: { type: "text", meaning: "Address of a picture" },
    },
  },
  {
    name: "categories",
    meaning: "One category name a row",
    unmapped: null,
    datedBy: null,
    fields: {
      category_id: { type: "id", isRequired: true, meaning: "Id or code that product records use" },
      category: { type: "text", isRequired: true, meaning: "Category path to show" },
    },
  },
  {
    name: "reviews",
    meaning: "One review a row",
    unmapped: null,
    datedBy: null,
    fields: {
      review_id: { type: "text", meaning: "Review" },
      product_id: { type: "id", isRequired: true, meaning: "Product" },
      customer_id: { type: "text", meaning: "Customer" },
      reviewed_at: { type: "instant", meaning: "Time of the review" },
      rating: { type: "integer", meaning: "Stars, 1 to 5" },
      title: { type: "text", meaning: "Title" },
      body: { type: "text", meaning: "Text" },
    },
  },
  {
    name: "sellers",
    meaning: "One seller of a marketplace a row",
    unmapped: null,
    datedBy: null,
    fields: {
      seller_id: { type: "id", isRequired: true, meaning: "Seller" },
      city: { type: "text", meaning: "City" },
      region: { type: "text", meaning: "State or region" },
      postal_code: { type: "text", meaning: "Postal code" },
      country: { type: "text", meaning: "Country" },
    },
  },
  {
    name: "spend",
    meaning: "What advertising through one channel cost on one day",
    unmapped: null,
    datedBy: null,
    fields: {
      spent_on: { type: "day", isRequired: true, meaning: "Day of the cost" },
      channel: { type: "text", isRequired: true, meaning: "Channel, named as in events and orders" },
      spend: { type: "money", isRequired: true, meaning: "Cost" },
      campaign: { type: "text", meaning: "Campaign" },
      currency,
    },
  },
  {
    name: "exchange_rates",
    meaning: "What one currency was worth on one day; of several for a day the newest counts",
    unmapped: null,
    datedBy: null,
    fields: {
      currency: { type: "currency", isRequired: true, meaning: "ISO 4217 code of the currency" },
      rate_on: { type: "day", isRequired: true, meaning: "Day of the rate" },
      rate: { type: "rate", isRequired: true, meaning: "The rate, above 0 and up to 1,000,000" },
      form: {
        type: "choice",
        values: rateForms,
        meaning:
          "shop_units: units of the shop's currency for one of it, also when empty; units_per_euro: units of it for one euro",
      },
    },
  },
  {
    name: "product_costs",
    meaning: "What a unit of one product costs from one day on",
    unmapped: null,
    datedBy: null,
    fields: {
      product_id: { type: "id", isRequired: true, meaning: "Product" },
      cost: { type: "money", isRequired: true, meaning: "Cost of a unit, 0 or above" },
      valid_from: { type: "day", isRequired: true, meaning: "First day of the cost" },
      currency,
    },
  },
  {
    name: "exposures",
    meaning: "One exposure of a customer to a variant of an experiment a row",
    unmapped: null,
    datedBy: null,
    fields: {
      experiment_id: { type: "id", isRequired: true, meaning: "Experiment" },
      customer_id: { type: "id", isRequired: true, meaning: "Customer" },
      variant: { type: "id", isRequired: true, meaning: "Variant the customer saw" },
      exposed_at: { type: "instant", isRequired: true, meaning: "Time of the exposure" },
    },
  },
  {
    name: "stock_movements",
    meaning: "One movement of a product's stock a row",
    unmapped: null,
    datedBy: null,
    fields: {
      movement_id: { type: "text", meaning: "Id of the movement; with one, a movement counts once forever" },
      product_id: { type: "id", isRequired: true, meaning: "Product" },
      moved_at: { type: "instant", isRequired: true, meaning: "Time of the movement" },
      quantity: { type: "integer", isRequired: true, meaning: "Units that came, negative for those that went" },
      movement_type: { type: "choice", isRequired: true, values: movementTypes, meaning: "What moved them" },
    },
  },
];

export const kinds: Readonly<Record<KindName, Kind>> = Object.fromEntries(
  kindList.map((kind) => [kind.name, kind]),
) as Record<KindName, Kind>;

export const kindNames = kindList.map((kind) => kind.name);

import { expect, it } from "vitest";
import { readMessage } from "./message.ts";

const delivery = { sentAt: undefined, received: Date.UTC(2026, 0, 1), newId: () => "made", planCheck: () => "" };

/** The first row of a message, its properties apart. */
function rowOf(message: object): { first: Readonly<Record<string, string>>; properties: unknown; rows: number } {
  const read = readMessage({ type: "track", userId: "ada", event: "Product Viewed", ...message }, delivery);
  if (read.kind === "refused") throw new Error(read.reject.reason);
  const properties: unknown = JSON.parse(read.first.properties || "{}");
  return { first: read.first, properties, rows: read.texts.length };
}

it("keeps what a shop says of an event, and names the visit's source as imports do", () => {
  const { properties } = rowOf({
    properties: { product_id: "kettle", colour: "red", sizes: [1, 2] },
    context: {
      page: { url: "https://shop.example/kettle", path: "/kettle", referrer: "https://search.example/" },
      campaign: { source: "letter", medium: "email", name: "spring" },
      userAgent: "Browser/1",
      ip: "203.0.113.9",
      locale: "en-GB",
      library: { name: "analytics.js" },
    },
  });
  expect(properties).toEqual({
    url: "https://shop.example/kettle",
    path: "/kettle",
    referrer: "https://search.example/",
    utm_source: "letter",
    utm_medium: "email",
    utm_campaign: "spring",
    user_agent: "Browser/1",
    context: { locale: "en-GB" },
    colour: "red",
    sizes: [1, 2],
  });
});

it("takes a page of the same site for the page before, not for a source of the visit", () => {
  const message = {
    type: "page",
    properties: { url: "https://shop.example/b", path: "/b", referrer: "https://shop.example/a" },
  };
  expect(rowOf(message).properties).toEqual({
    url: "https://shop.example/b",
    path: "/b",
    previous_url: "https://shop.example/a",
  });
});

it("makes a row for each product, with that product's own properties", () => {
  const products = [{ id: "a", price: 1, size: "S" }, { sku: "b", price: 2.5, quantity: 3 }, "no product"];
  const { first, properties, rows } = rowOf({
    event: "order completed",
    properties: { orderId: 7, products, coupon: "X" },
  });
  expect([rows, first.event_type, first.product_id, first.order_id, first.price]).toEqual([
    2,
    "purchase",
    "a",
    "7",
    "1",
  ]);
  expect(properties).toEqual({ coupon: "X", size: "S" });
});

it("takes an order without products for its revenue, then its total", () => {
  const priceOf = (properties: object): string | undefined => rowOf({ event: "purchase", properties }).first.price;
  expect([priceOf({ total: 25, revenue: 20 }), priceOf({ total: 25 }), priceOf({ value: 9 })]).toEqual([
    "20",
    "25",
    "9",
  ]);
});

it("gives a message without an id one of its own, and keeps text that is no Unicode out of the engine", () => {
  const { first, properties } = rowOf({ messageId: undefined, properties: { note: "a\ud800b", path: "\\ud800" } });
  expect(first.event_id).toBe("made");
  expect(properties).toEqual({ note: "a\ufffdb", path: "\\ud800" });
});

/** Nothing answers for another customer's things, whoever asks and however; every route is tried. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { StoreRoute } from "../../src/api/store/define.ts";
import { storeRoutes } from "../../src/api/store/routes.ts";
import { describeStores } from "./shops.ts";
import { type Browser, checkoutOf, openStoreApi, type StoreApi } from "./store-api.ts";

const isDesk = (route: StoreRoute): boolean => route.path.startsWith("/desk/");

/** A path with ids in the place of its parameters. */
const filled = (path: string, ids: Readonly<Record<string, number>>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => String(ids[name] ?? 1));

/** Bodies that would be accepted from the owner, by route. */
const bodies: Readonly<Record<string, unknown>> = {
  "address-save": { recipient: "Eve", street: "1 Side Street", city: "Leeds", postal_code: "LS1", country: "GB" },
  "order-pay": { method: "card" },
  "order-cancel": { reason: "" },
};

describeStores("rights", (shop) => {
  let api: StoreApi;
  let ada: Browser;
  let ids: { order_id: number; address_id: number; article_id: number };
  let line: number;
  beforeEach(async () => {
    api = await openStoreApi(shop());
    ada = await api.signedUp("ada.b@example.com");
    const { hat } = shop();
    await ada.call("POST", "/cart/items", { article_id: hat });
    const { order_id } = (await ada.call("POST", "/checkout", checkoutOf())).body;
    await shop().store.shipOrder(order_id, "");
    line = (await ada.call("GET", `/orders/${order_id}`)).body.lines[0].order_item_id;
    const { address_id } = (
      await ada.call("POST", "/addresses", {
        recipient: "Ada",
        street: "12 Mill Lane",
        city: "Leeds",
        postal_code: "LS1",
        country: "GB",
      })
    ).body;
    await ada.call("POST", "/cart/items", { article_id: hat, quantity: 2 });
    await ada.call("PUT", `/wishlist/${hat}`);
    await ada.call("POST", `/articles/${hat}/reviews`, { body: "Warm and comfortable" });
    ids = { order_id, address_id, article_id: hat };
  });
  afterEach(async () => await api.close());

  const state = async () =>
    JSON.stringify([
      await shop().rows("select * from store.addresses order by address_id"),
      await shop().rows("select order_id, customer_id, status, updated_at from store.orders order by order_id"),
      await shop().rows("select return_id, order_id, status from store.returns order by return_id"),
      await shop().rows("select * from store.cart_items order by cart_id, article_id"),
      await shop().rows("select * from store.wishlist_items order by customer_id, article_id"),
    ]);

  it("refuse another shopper, a guest and staff every route that names an order or an address", async () => {
    const routes = storeRoutes.filter((route) => !isDesk(route) && /:(order|address)_id/.test(route.path));
    expect(routes.map((route) => route.name)).toEqual([
      "address-save",
      "address-remove",
      "order",
      "order-pay",
      "order-cancel",
      "order-return",
    ]);
    const before = await state();
    const eve = await api.signedUp("eve@example.com");
    const guest = api.browser();
    await guest.call("GET", "/session");
    for (const route of routes) {
      const path = filled(route.path, ids);
      const body =
        route.name === "order-return" ? { items: [{ order_item_id: line, quantity: 1 }] } : bodies[route.name];
      for (const [who, call] of [
        ["another shopper", eve.call],
        ["a guest", guest.call],
        ["a stranger", api.browser().call],
        ["a viewer", (...given: Parameters<Browser["call"]>) => api.as("viewer", given[0], given[1], given[2])],
        ["an admin", (...given: Parameters<Browser["call"]>) => api.as("admin", given[0], given[1], given[2])],
      ] as const) {
        const answer = await call(route.method, path, body);
        expect([401, 404], `${who}: ${route.method} ${path} -> ${JSON.stringify(answer.body)}`).toContain(
          answer.status,
        );
      }
    }
    expect(await state()).toBe(before);
  });

  it("show each shopper only their own cart, wishlist, orders, points, addresses and profile", async () => {
    const lists = storeRoutes.filter(
      (route) => route.method === "GET" && (route.access === "shopper" || route.name === "cart"),
    );
    expect(lists.map((route) => route.name).sort()).toEqual([
      "addresses",
      "cart",
      "loyalty",
      "orders",
      "profile",
      "reviews",
      "statistics",
      "wishlist",
    ]);
    const eve = await api.signedUp("eve@example.com");
    for (const route of lists) {
      const mine = (await ada.call("GET", route.path)).body;
      const theirs = (await eve.call("GET", route.path)).body;
      if (route.name === "profile") {
        expect(theirs.email).toBe("eve@example.com");
        continue;
      }
      if (route.name === "statistics") {
        expect([mine.order_count, theirs.order_count]).toEqual([1, 0]);
        continue;
      }
      expect(mine.rows.length, route.name).toBeGreaterThan(0);
      expect(theirs.rows, route.name).toEqual([]);
    }
    const before = await state();
    await eve.call("DELETE", `/cart/items/${ids.article_id}`);
    await eve.call("DELETE", `/wishlist/${ids.article_id}`);
    expect((await eve.call("POST", `/wishlist/${ids.article_id}/move`)).status).toBe(404);
    expect(await state()).toBe(before);
  });

  it("refuse an order with another's key, and a return that names another order's line", async () => {
    const eve = await api.signedUp("eve@example.com");
    const checkout = checkoutOf();
    expect((await ada.call("POST", "/checkout", checkout)).status).toBe(200);
    await eve.call("POST", "/cart/items", { article_id: ids.article_id });
    expect((await eve.call("POST", "/checkout", checkout)).status).toBe(409);
    const guest = api.browser();
    await guest.call("POST", "/cart/items", { article_id: ids.article_id });
    expect((await guest.call("POST", "/checkout", { ...checkout, email: "ada.b@example.com" })).status).toBe(409);
    const own = (await eve.call("POST", "/checkout", checkoutOf())).body.order_id;
    await shop().store.shipOrder(own, "");
    const other = { items: [{ order_item_id: line, quantity: 1 }] };
    expect((await eve.call("POST", `/orders/${own}/returns`, other)).status).toBe(404);
  });

  it("of staff: each desk route refuses shoppers, guests and every lesser role", async () => {
    const eve = await api.signedUp("eve@example.com");
    const order = ["viewer", "analyst", "admin"] as const;
    const desk = storeRoutes.filter(isDesk);
    expect(desk.length).toBeGreaterThan(30);
    for (const route of desk) {
      const path = filled(route.path, ids);
      expect((await eve.call(route.method, path, {})).status, path).toBe(401);
      for (const role of order.slice(0, order.indexOf(route.access as "viewer")))
        expect((await api.as(role, route.method, path, {})).status, `${role}: ${path}`).toBe(403);
      expect([401, 403]).not.toContain((await api.as(route.access as "viewer", route.method, path, {})).status);
    }
    const shoppers = storeRoutes.filter((route) => route.access === "shopper");
    for (const route of shoppers)
      expect((await api.as("admin", route.method, filled(route.path, ids), {})).status, route.path).toBe(401);
  });
});

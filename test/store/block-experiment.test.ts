/** An experiment of the lab that changes a block of the storefront: draw, exposure, delivery and readout on real databases. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Credentials } from "../../src/api/credentials.ts";
import { createServer } from "../../src/api/server.ts";
import { experimentOf, isOfBlock } from "../../src/api/store/block-experiment.ts";
import { storeServices } from "../../src/api/store/services.ts";
import { deliver } from "../../src/delivery/index.ts";
import { assign } from "../../src/experiments/assignment/assign.ts";
import type { Experiment } from "../../src/experiments/live/journal.ts";
import type { LiveReadout } from "../../src/experiments/live/live-readout.ts";
import { openStore, type StoreConnection } from "../../src/store/connection.ts";
import { migrateStore } from "../../src/store/migrate.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";
import { address, openShop, type Shop } from "./shops.ts";
import { checkoutOf } from "./store-api.ts";

const variants = [{ name: "usual" }, { name: "newest" }];

describe("an experiment on the home page's offers", () => {
  let workspace: TestShop;
  let connection: StoreConnection;
  let shop: Shop;
  let credentials: Credentials;
  let server: Awaited<ReturnType<typeof createServer>>;
  /** Moves on by more than the lab is remembered for. */
  let now = Date.now();

  beforeAll(async () => {
    workspace = await openTestShop();
    connection = await openStore({ folder: null });
    await migrateStore(connection);
    shop = await openShop(connection);
    const clock = { now: () => (now += 10_000) };
    const live = Object.assign(Object.create(workspace.workspace), { clock }) as TestShop["workspace"];
    credentials = new Credentials(workspace.folder, clock);
    const mailer = { send: async () => {} };
    const store = storeServices(live, { open: async () => connection, mailer });
    server = await createServer({ workspace: live, credentials, logFile: null, store });
    await server.ready();
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await connection?.close();
    await workspace?.close();
  });

  async function lab<T>(path: string, payload?: object): Promise<T> {
    const headers = { authorization: `Bearer ${credentials.createToken({ name: "ada", role: "analyst" }).secret}` };
    const url = `/api/v1/experiments${path}`;
    const answer = payload
      ? await server.inject({ method: "POST", url, payload, headers })
      : await server.inject({ url, headers });
    if (answer.statusCode >= 300) throw new Error(answer.body);
    return answer.json() as T;
  }

  /** A browser signed in as a new customer who has, or has not, agreed that steps are logged. */
  async function signedIn(name: string, agrees: boolean) {
    const cookies = new Map<string, string>();
    const call = async (method: "GET" | "POST" | "PUT", path: string, payload?: object) => {
      const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join("; ");
      const send = async (csrf: string) =>
        await server.inject({
          method,
          url: `/api/v1/store${path}`,
          headers: { ...(cookie === "" ? {} : { cookie }), "x-csrf-token": csrf },
          ...(payload ? { payload } : {}),
        });
      const token =
        method === "GET" || cookie === ""
          ? ""
          : String((await server.inject({ url: "/api/v1/store/session", headers: { cookie } })).json().csrf_token);
      const answer = await send(token);
      for (const one of answer.cookies) cookies.set(one.name, one.value);
      return answer.json();
    };
    const session = await call("POST", "/sign-up", { email: `${name}@example.com`, password: "correct horse battery" });
    if (agrees) await call("PUT", "/consent", { is_given: true });
    const offers = async () => await call("GET", "/offers?place=home&limit=3");
    return { call, offers, customerId: Number(session.shopper.customer_id) };
  }

  it("shows each customer the ranking of their draw, keeps that they saw it, and is read out in the lab", async () => {
    const before = await signedIn("early", true);
    expect((await before.offers()).experiment).toBeNull();
    await lab("", { experiment_id: "offers-home", variants, window_days: 1, metric: "conversion_rate" });
    // The lab's clock runs ahead of the store's here, so the start is given.
    await lab("/offers-home/start", { at: new Date(Date.now() - 3_600_000).toISOString() });
    const { definition } = await lab<Experiment>("/offers-home");
    const shoppers = [];
    for (let index = 0; index < 10; index += 1) shoppers.push(await signedIn(`shopper${index}`, true));
    const seen = new Map<number, string>();
    for (const { offers, customerId } of shoppers) {
      const shown = await offers();
      const drawn = assign(`S-${customerId}`, definition);
      expect(shown.experiment).toEqual({ experiment_id: "offers-home", variant: drawn });
      expect(shown.source).toBe(drawn === "newest" ? "newest" : "popular");
      expect(shown.rows).toHaveLength(3);
      // Seen again, kept once.
      expect((await offers()).experiment).toEqual(shown.experiment);
      seen.set(customerId, String(drawn));
    }
    expect(new Set(seen.values()).size).toBe(2);
    // Who has not agreed, and a guest, who is another customer with each order, see the block as always and take no part.
    const silent = await signedIn("silent", false);
    expect((await silent.offers()).experiment).toBeNull();
    const guest = (await server.inject({ url: "/api/v1/store/offers?place=home" })).json();
    expect(guest).toMatchObject({ experiment: null, source: "popular" });
    // Other blocks are as always.
    expect((await shoppers[0]?.call("GET", "/offers?place=cart"))?.experiment).toBeNull();

    const kept = await shop.rows("select customer_id, variant from store.exposures order by customer_id");
    expect(kept).toEqual([...seen].map(([customer_id, variant]) => ({ customer_id, variant })));

    // Two of each variant buy; the lab counts exactly these.
    const of = (variant: string) => [...seen].filter(([, one]) => one === variant).map(([id]) => id);
    for (const id of [...of("usual").slice(0, 1), ...of("newest").slice(0, 2)]) {
      const cartId = await shop.store.openCart(id, null);
      await shop.store.addToCart(cartId, shop.scarf, 1);
      const placed = await shop.store.processCheckout({ cartId, customerId: id, key: `exposed-${id}`, address });
      await shop.store.settlePayment(placed.paymentId, "succeeded");
    }
    await workspace.workspace.exclusively(async () => await deliver(workspace.workspace, connection));
    const rows = await workspace.sql(
      "select variant, toUInt32(count()) as count from stg_exposures where experiment_id = 'offers-home' group by variant order by variant",
    );
    expect(rows.map(({ variant, count }) => [variant, Number(count)])).toEqual([
      ["newest", of("newest").length],
      ["usual", of("usual").length],
    ]);
    const readout = await lab<LiveReadout>("/offers-home/readout?include_immature=true");
    expect(JSON.stringify(readout)).not.toMatch(/unknown_variant|unit_in_two_variants/);
    expect(readout.variants.map((one) => [one.variant, one.unit_count, one.mean])).toEqual([
      ["usual", of("usual").length, 1 / of("usual").length],
      ["newest", of("newest").length, 2 / of("newest").length],
    ]);

    // Stopped: as always, and nothing more is kept. Decided: the ranking taken is everyone's, and nobody takes part.
    await lab("/offers-home/stop", {});
    expect((await shoppers[0]?.offers())?.experiment).toBeNull();
    await lab("/offers-home/decide", { decision: "newest" });
    expect((await silent.offers()).source).toBe("newest");
    const late = await signedIn("late", true);
    expect((await late.offers()).experiment).toEqual({ experiment_id: "offers-home", variant: "newest" });
    expect(await shop.value("select count(*) from store.exposures")).toBe(10);
  }, 240_000);

  it("has its clicks in the warehouse, and what was bought after them credited to the block, less what came back", async () => {
    const { hat, coat, scarf, store } = shop;
    const { call, customerId } = await signedIn("clicker", true);
    const click = async (article_id: number, place: string, source: string) =>
      await call("POST", "/events", { event_type: "click", article_id, details: { place, source, position: 1 } });
    await click(hat, "home", "newest");
    await click(hat, "product", "similar");
    await click(coat, "search", "search");
    await click(scarf, "cart", "popular");
    for (const [article_id, quantity] of [
      [hat, 2],
      [coat, 1],
    ])
      await call("POST", "/cart/items", { article_id, quantity });
    const { order_id } = await call("POST", "/checkout", checkoutOf());
    const asked = async () => {
      await workspace.workspace.exclusively(async () => await deliver(workspace.workspace, connection));
      const rows = await workspace.query("offer-attribution");
      const total = rows.reduce((sum, row) => sum + Number(row.net_revenue_minor), 0);
      const [all] = await workspace.query("kpi-summary");
      expect(total).toBe(all?.net_revenue_minor);
      return rows
        .filter(({ source }) => source !== "(no offer)")
        .map((row) => [row.place, row.source, row.click_count, row.order_count, row.unit_count, row.net_revenue_minor]);
    };
    expect(await asked()).toEqual([
      ["product", "similar", 1, 1, 2, 2000],
      ["cart", "popular", 1, 0, 0, 0],
      ["home", "newest", 1, 0, 0, 0],
    ]);
    const [event] = await workspace.sql(
      `select properties from fct_events where event_type = 'click' and JSONExtractString(properties, 'place') = 'product'
       and customer_key = (select customer_key from dim_customer where customer_id = 'S-${customerId}')`,
    );
    expect(JSON.parse(String(event?.properties))).toEqual({ place: "product", source: "similar", position: 1 });

    await store.shipOrder(order_id, "T");
    const [line] = await shop.rows(
      "select order_item_id from store.order_items where order_id = $1 and article_id = $2",
      [order_id, hat],
    );
    const returned = await store.requestReturn(order_id, [{ order_item_id: Number(line?.order_item_id), quantity: 1 }]);
    await store.decideReturn(returned, true);
    expect((await asked())[0]).toEqual(["product", "similar", 1, 1, 2, 1000]);
  }, 120_000);

  it("is one whose id is named for the block and whose variants are named for rankings", () => {
    expect(isOfBlock("offers-home", "home")).toBe(true);
    expect(isOfBlock("offers-home-spring", "home")).toBe(true);
    expect(isOfBlock("offers-homepage", "home")).toBe(false);
    expect(isOfBlock("offers-product", "home")).toBe(false);
    const made = (experiment_id: string, status: string, at: string, names = ["usual", "popular"]): Experiment =>
      ({
        status,
        journal: [],
        definition: { experiment_id, started_at: at, decided_at: at, variants: names.map((name) => ({ name })) },
      }) as unknown as Experiment;
    const running = made("offers-home-b", "running", "2026-02-01");
    const decided = made("offers-home-a", "decided", "2026-01-01");
    const newer = made("offers-home-c", "decided", "2026-03-01");
    expect(experimentOf([decided, running, newer], "home")).toBe(running);
    expect(experimentOf([decided, newer], "home")).toBe(newer);
    expect(experimentOf([made("offers-home", "draft", ""), made("offers-home", "stopped", "")], "home")).toBeNull();
    expect(experimentOf([made("offers-home", "running", "", ["usual", "blue"])], "home")).toBeNull();
  });
});

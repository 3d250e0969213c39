/** Journeys of shoppers through the storefront: a real browser, the real server with its regular work, a small seeded store. */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoreConnection } from "../../src/store/connection.ts";
import type { Store } from "../../src/store/store.ts";
import { seriousFindings } from "../support/accessibility.ts";
import { type Dashboard, settled, watch } from "../support/browser.ts";
import { type ServedStore, serveStore } from "../support/served-store.ts";
import type { TestShop } from "../support/shop.ts";

/** Set to a folder to keep a picture of each page. */
const pictures = process.env.CARTWRIGHT_PICTURES ?? "";
/** Both themes at both widths where pictures are kept; else each theme and each width once. */
const sights = (
  [
    [390, "light"],
    [1440, "dark"],
    [390, "dark"],
    [1440, "light"],
  ] as const
).slice(0, pictures === "" ? 2 : 4);
const patience = { timeout: 60_000 };
const password = "a long enough password";

describe("the storefront in a browser", () => {
  let served: ServedStore;
  let shop: TestShop;
  let dashboard: Dashboard;
  let connection: StoreConnection;
  let store: Store;

  beforeAll(async () => {
    served = await serveStore({ customers: 40, articles: 28, orders: 60, events: 300 });
    ({ shop, dashboard, connection, store } = served);
    // Pages show what is in stock; which article has how much is each test's own matter.
    await connection.query(
      "select store.update_stock(article_id, 30, 'counted') from store.articles where stock_quantity < 30",
    );
    await connection.query("select store.refresh_view('mv_product_demand')");
    if (pictures !== "") mkdirSync(pictures, { recursive: true });
  }, 300_000);
  afterAll(async () => {
    await served?.close();
    expect(served?.failures).toEqual([]);
  }, 120_000);

  const visitor = (width = 390, colorScheme: "light" | "dark" = "light"): Promise<BrowserContext> =>
    dashboard.browser.newContext({
      locale: "en-GB",
      viewport: { width, height: width < 600 ? 844 : 900 },
      colorScheme,
      reducedMotion: "reduce",
      baseURL: dashboard.url,
    });

  async function open(context: BrowserContext, address: string): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(address);
    await page.locator("h1").first().waitFor();
    return page;
  }

  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures === "") return;
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: join(pictures, `${name}.png`), timeout: 180_000 });
  };

  const heading = (page: Page, name: string | RegExp): Locator => page.getByRole("heading", { level: 1, name });
  const articleId = async (name = "%"): Promise<number> =>
    Number(
      (
        await connection.query("select article_id from store.articles where name ilike $1 order by 1 limit 1", [name])
      )[0]?.article_id,
    );
  const countOf = async (sql: string): Promise<number> => Number((await connection.query(sql))[0]?.count);

  async function fillAddress(page: Page): Promise<void> {
    await page.getByLabel("Full name").fill("Grace Hopper");
    await page.getByLabel("Street and number").fill("1 Harbour Road");
    await page.getByLabel("Postal code").fill("LS1 1AA");
    await page.getByLabel("Town").fill("Leeds");
  }

  async function signUp(page: Page, email: string): Promise<void> {
    await page.goto("/shop/sign-up");
    await page.getByLabel("Name (optional)").fill("Bea Moreau");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Open the account" }).click();
    await heading(page, "Bea Moreau").waitFor();
  }

  it("a guest searches with a wrong letter, buys, loses the answer, reloads, and has ordered once", async () => {
    const context = await visitor();
    const page = await open(context, "/shop/");
    const problems = watch(page);
    await page.getByRole("button", { name: "No", exact: true }).click();
    await page.getByRole("combobox", { name: "Search the shop" }).fill("jaket");
    await page.getByRole("option").first().waitFor();
    await picture(page, "search-instant-390-light");
    await page.getByRole("combobox").press("ArrowDown");
    await page.getByRole("combobox").press("Enter");
    await heading(page, /jacket/i).waitFor();
    const name = (await page.locator("h1").textContent()) ?? "";
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByText(/put into the cart and kept for 15 minutes/).waitFor();
    await page.getByRole("link", { name: "Go to the cart" }).click();
    await page.getByText(/Kept for you for 1[45]:/).waitFor();
    await picture(page, "cart-390-light");
    await page.getByRole("link", { name: "Go to checkout" }).click();
    await page.getByLabel("E-mail address").fill("grace@example.com");
    await fillAddress(page);
    await picture(page, "checkout-390-light");
    expect(problems).toEqual([]);

    // The server orders, and the answer is lost on the way.
    await page.route("**/api/v1/store/checkout", async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    await page.getByRole("button", { name: /^Order 1 unit and pay/ }).click();
    await page.getByText(/the same order is never placed twice/).waitFor();
    await picture(page, "checkout-lost-390-light");
    await page.unroute("**/api/v1/store/checkout");
    await page.reload();
    await page.getByText("Your last order got no answer.").waitFor();
    await page.getByRole("button", { name: "Ask again" }).click();
    await page.getByText(/Thank you. Your order is paid/).waitFor();
    expect(await page.getByRole("list", { name: "Articles of the order" }).textContent()).toContain(name);
    await picture(page, "order-390-light");
    expect(
      await countOf(
        "select count(*) from store.orders join store.customers using (customer_id) where email = 'grace@example.com'",
      ),
    ).toBe(1);
    // The token that shows the order is this browser's; another has nothing.
    const stranger = await open(await visitor(), new URL(page.url()).pathname);
    await heading(stranger, /is not shown here/).waitFor();
    await stranger.context().close();
    // The banner was answered with no: nothing optional was logged.
    expect(await countOf("select count(*) from store.events where channel = 'store'")).toBe(0);
    await context.close();
  });

  it("a refused payment is said, and paid another way", async () => {
    const context = await visitor();
    const page = await open(context, `/shop/article/${await articleId()}`);
    await page.getByRole("button", { name: "No", exact: true }).click();
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByText(/put into the cart/).waitFor();
    await page.goto("/shop/checkout");
    await page.getByLabel("E-mail address").fill("ida@example.com");
    await fillAddress(page);
    await page.getByLabel("Test card that is refused").check();
    await page.getByRole("button", { name: /^Order 1 unit/ }).click();
    await page.getByText("The payment was refused; nothing was charged.").waitFor();
    await picture(page, "order-refused-390-light");
    await page.getByRole("button", { name: "Pay by test card that is accepted" }).click();
    await page.getByText("Paid, being packed").waitFor();
    await context.close();
  });

  it("two browsers race for the last unit: one is told so, in the product page and in the cart", async () => {
    const id = await articleId("%scarf%");
    await store.updateStock(id, 1, "the last one");
    const [one, other] = [await visitor(), await visitor(1440, "dark")];
    const [first, second] = [await open(one, `/shop/article/${id}`), await open(other, `/shop/article/${id}`)];
    for (const page of [first, second]) await page.getByText("Only 1 left").first().waitFor();
    for (const page of [first, second]) await page.getByRole("button", { name: "No", exact: true }).click();
    await first.getByRole("button", { name: "Add to cart" }).click();
    await first.getByText(/put into the cart/).waitFor();
    await second.getByRole("button", { name: "Add to cart" }).click();
    await second
      .getByRole("alert")
      .getByText(/Someone else has just taken the last/)
      .waitFor();
    await picture(second, "race-lost-1440-dark");

    // The first does not order in time; the second is quicker now, and the first is told before paying.
    await connection.query("update store.reservations set expires_at = now() - interval '1 second'");
    await second.reload();
    await second.getByRole("button", { name: "Add to cart" }).click();
    await second.getByText(/put into the cart/).waitFor();
    await first.goto("/shop/cart");
    await first.getByText(/Sold out since you added it/).waitFor();
    expect(await first.getByRole("link", { name: "Go to checkout" }).count()).toBe(0);
    await picture(first, "cart-sold-out-390-light");
    await one.close();
    await other.close();
  });

  it("a customer confirms their address, moves a wish to the cart, sends part of an order back and sees points", async () => {
    const context = await visitor();
    const page = await open(context, "/shop/");
    await page.getByRole("button", { name: "No", exact: true }).click();
    await signUp(page, "bea@example.com");
    const folder = join(shop.folder, "mail");
    await expect.poll(() => readdirSync(folder).length, patience).toBeGreaterThan(0);
    const link = readdirSync(folder)
      .map(
        (file) =>
          /\/shop\/verify\?token=[\w-]+/.exec(readFileSync(join(folder, file), "utf8").replaceAll("=\r\n", ""))?.[0],
      )
      .find((found) => found !== undefined);
    await page.goto(link ?? "");
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("bea@example.com is confirmed.").waitFor();

    const id = await articleId("%beanie%");
    await page.goto(`/shop/article/${id}`);
    const name = (await page.locator("h1").textContent()) ?? "";
    await page.getByRole("button", { name: `Add to wishlist ${name}` }).click();
    await page.getByRole("button", { name: `On your wishlist ${name}` }).waitFor();
    await page.goto("/shop/wishlist");
    await page.getByRole("button", { name: /^Move to cart/ }).click();
    await page.getByText("Nothing is on it yet.").waitFor();
    await page.goto("/shop/cart");
    await page.getByRole("button", { name: `One ${name} more` }).click();
    await page.getByText("2 units", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Go to checkout" }).click();
    await fillAddress(page);
    await page.getByRole("button", { name: /^Order 2 units/ }).click();
    await page.getByText(/Thank you. Your order is paid/).waitFor();

    const orderId = Number(new URL(page.url()).pathname.split("/").at(-1));
    await store.shipOrder(orderId, "PARCEL-1");
    await store.deliverOrder(orderId);
    await page.goto(`/shop/orders/${orderId}`);
    await page.getByText("PARCEL-1").waitFor();
    await page.getByRole("button", { name: "Send something back" }).click();
    await page.getByRole("button", { name: `One ${name} more` }).click();
    await picture(page, "return-390-light");
    await page.getByRole("button", { name: "Send back 1 unit" }).click();
    await page.getByText(/asked for, waiting for the shop/).waitFor();
    const [row] = await connection.query("select return_id from store.returns where order_id = $1", [orderId]);
    await store.decideReturn(Number(row?.return_id), true);
    await page.reload();
    await page.getByText(/accepted and refunded/).waitFor();

    await page.goto("/shop/profile");
    await page
      .getByText(/Order \d+/)
      .first()
      .waitFor();
    const [known] = await connection.query(
      "select coalesce(sum(points), 0)::int as points from store.loyalty_entries join store.customers using (customer_id) where email = 'bea@example.com'",
    );
    expect(await page.locator(".figures").textContent()).toContain(`Points${Number(known?.points)}`);
    await picture(page, "profile-390-light");
    await context.close();
  });

  it("a reviewer is suggested stars while writing, and is shown once approved", async () => {
    const context = await visitor(1440);
    const page = await open(context, "/shop/");
    await page.getByRole("button", { name: "No", exact: true }).click();
    await signUp(page, "cleo@example.com");
    const id = await articleId("%dress%");
    await page.goto(`/shop/article/${id}`);
    await page
      .getByLabel("What do you think of it?")
      .fill("I love it. Excellent quality, beautiful and very comfortable.");
    await page.getByText(/Your words sound positive: 5 stars suggested/).waitFor();
    expect(await page.getByRole("radio", { name: "5" }).isChecked()).toBe(true);
    await page.getByRole("radio", { name: "4" }).check();
    await page.getByRole("button", { name: "Send the review" }).click();
    await page.getByText(/shown here once someone of the shop has read it/).waitFor();
    const [review] = await connection.query(
      "select review_id, rating, suggested_rating from store.reviews where status = 'pending'",
    );
    expect(review).toMatchObject({ rating: 4, suggested_rating: 5 });
    await store.moderateReview(Number(review?.review_id), true);
    await page.reload();
    await page.getByText("I love it. Excellent quality, beautiful and very comfortable.").waitFor();
    await context.close();
  });

  it("a click of a shopper who agrees is in the warehouse soon after", async () => {
    const context = await visitor(1440);
    const page = await open(context, "/shop/");
    await page.getByRole("button", { name: "Yes, log my steps" }).click();
    await page.getByRole("region", { name: "Your consent" }).waitFor({ state: "detached" });
    await page.getByRole("region", { name: "Trending" }).getByRole("link").first().click();
    await page.getByRole("button", { name: "Add to cart" }).waitFor();
    const kinds = async () =>
      (await shop.sql("select distinct toString(event_type) as kind from fct_events where channel = 'store'")).map(
        (row) => row.kind,
      );
    await expect.poll(kinds, { timeout: 120_000, interval: 500 }).toEqual(expect.arrayContaining(["click", "view"]));
    const [click] = await connection.query(
      "select details from store.events where event_type = 'click' and channel = 'store'",
    );
    expect(click?.details).toMatchObject({ place: "home-trending", source: "popular", position: 1 });
    await context.close();
  });

  it("a purchase just made is on the dashboard and in its funnel", async () => {
    const seen = await (await dashboard.enter()).newPage();
    const counted = async () => {
      await seen.goto("/");
      await settled(seen);
      const tile = seen.locator(".tile", { has: seen.getByText("Orders", { exact: true }) });
      const [figure = ""] = await tile.locator(".tile-figure").allTextContents();
      const last = (await (await seen.request.get("/api/v1/analyses/funnel")).json()).rows.at(-1);
      return [Number(figure.replace(/\D/g, "")), last?.step_name, last?.entity_count];
    };
    await expect.poll(() => countOf("select count(*) from store.outbox"), { timeout: 90_000 }).toBe(0);
    const [orders, , buyers] = await counted();
    const views = () => countOf("select count(*) from store.events where event_type = 'view' and channel = 'store'");
    const seenBefore = await views();
    const page = await open(await visitor(1440), `/shop/article/${await articleId("%hoodie%")}`);
    await page.getByRole("button", { name: "Yes, log my steps" }).click();
    // A step before the answer is kept is not logged: one who buys as fast as a program is in no funnel.
    await expect.poll(views, { timeout: 60_000 }).toBeGreaterThan(seenBefore);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByRole("link", { name: "Go to the cart" }).click();
    await page.getByRole("link", { name: "Go to checkout" }).click();
    await page.getByLabel("E-mail address").fill("lise@example.com");
    await fillAddress(page);
    await page.getByRole("button", { name: /^Order 1 unit and pay/ }).click();
    await page.getByText(/Your order is paid/).waitFor();
    const hasCome = async () => {
      const [now, step, buying] = await counted();
      return { isOnTile: Number(now) > Number(orders), step, isInFunnel: Number(buying) > Number(buyers) };
    };
    await expect
      .poll(hasCome, { timeout: 90_000, interval: 1000 })
      .toEqual({ isOnTile: true, step: "purchase", isInFunnel: true });
    await page.context().close();
  });

  it.each(sights)(
    "shows every page at %i px, %s, without a serious finding, a foreign request or scrolling sideways",
    async (width, theme) => {
      const context = await visitor(width, theme);
      const page = await open(context, "/shop/");
      const problems = watch(page);
      page.on("request", (request) => {
        if (!request.url().startsWith(dashboard.url)) problems.push(`foreign: ${request.url()}`);
      });
      expect(await seriousFindings(page), "with the banner").toEqual([]);
      await page.getByRole("button", { name: "No", exact: true }).click();
      const id = await articleId("%hoodie%");
      const look = async (address: string, name: string): Promise<void> => {
        await page.goto(address);
        await page.locator("h1").first().waitFor();
        await page.waitForLoadState("networkidle");
        await picture(page, `${name}-${width}-${theme}`);
        expect(await seriousFindings(page), name).toEqual([]);
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(Number(room));
        expect(await page.title(), name).toContain("Northlane");
      };
      await look("/shop/", "home");
      await look("/shop/category/women", "category");
      await look("/shop/search?q=navy&colour=navy", "search");
      await look(`/shop/article/${id}`, "article");
      for (const [address, name] of [
        ["/shop/cart", "cart-empty"],
        ["/shop/checkout", "checkout-empty"],
        ["/shop/orders", "orders-guest"],
        ["/shop/wishlist", "wishlist-guest"],
        ["/shop/sign-in", "sign-in"],
        ["/shop/verify", "verify"],
        ["/shop/reset", "reset"],
        ["/shop/nowhere/at/all", "nowhere"],
      ] as const)
        await look(address, name);
      await page.goto(`/shop/article/${id}`);
      await page.getByRole("button", { name: "Add to cart" }).click();
      await page.getByText(/put into the cart/).waitFor();
      await signUp(page, `dan-${width}-${theme}@example.com`);
      await look("/shop/cart", "cart");
      await look("/shop/checkout", "checkout");
      await fillAddress(page);
      await page.getByRole("button", { name: /^Order 1 unit/ }).click();
      await page.getByText(/Thank you/).waitFor();
      await look(new URL(page.url()).pathname, "order");
      await look("/shop/orders", "orders");
      await look("/shop/profile", "profile");
      await look("/shop/wishlist", "wishlist");
      expect(problems).toEqual([]);
      await context.close();
    },
  );
});

/** The desk runs the store: an admin restocks, marks down, ships, refunds, and finds the purchase in the dashboard to the cent. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoreConnection } from "../../src/store/connection.ts";
import type { Store } from "../../src/store/store.ts";
import { address } from "../store/shops.ts";
import { seriousFindings } from "../support/accessibility.ts";
import { type Dashboard, namesOfControls, watch } from "../support/browser.ts";
import { type ServedStore, serveStore } from "../support/served-store.ts";
import type { TestShop } from "../support/shop.ts";

const pictures = process.env.CARTWRIGHT_PICTURES ?? "";
const tabs = [
  "Today",
  "Orders",
  "Customers",
  "Stock",
  "Prices",
  "Catalogue",
  "Reviews",
  "Mailings",
  "Figures",
  "Reconciliation",
];

describe("the desk in a browser", () => {
  let served: ServedStore;
  let shop: TestShop;
  let dashboard: Dashboard;
  let context: BrowserContext;
  let connection: StoreConnection;
  let store: Store;

  beforeAll(async () => {
    served = await serveStore({ customers: 30, articles: 28, orders: 40, events: 200 });
    ({ shop, dashboard, connection, store } = served);
    context = await dashboard.enter();
    if (pictures !== "") mkdirSync(pictures, { recursive: true });
  }, 300_000);
  afterAll(async () => {
    await served?.close();
  }, 120_000);

  async function open(from: BrowserContext, desk: string): Promise<Page> {
    const page = await from.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`/store?desk=${desk}`);
    await page.getByRole("tabpanel").locator("section.card").first().waitFor();
    return page;
  }

  const one = async (sql: string): Promise<Record<string, unknown>> => (await connection.query(sql))[0] ?? {};

  async function buy(key: string): Promise<number> {
    const { article_id } = await one(
      "select article_id from store.articles where stock_quantity > 5 order by 1 limit 1",
    );
    const customer = await store.openGuest(`${key}@example.com`, "Ada Byron");
    const cartId = await store.openCart(customer, null);
    await store.addToCart(cartId, Number(article_id), 2);
    const placed = await store.processCheckout({ cartId, customerId: customer, key: `key-of-${key}`, address });
    await store.settlePayment(placed.paymentId, "succeeded", `ref-${key}`);
    return placed.orderId;
  }

  it("restocks an article, alone and by file, and shows why in the ledger", async () => {
    const page = await open(context, "stock");
    const article = await one("select sku, name from store.articles order by article_id limit 1");
    await page.getByRole("textbox", { name: "Search articles" }).fill(String(article.sku));
    await page
      .getByRole("button", { name: String(article.name) })
      .first()
      .click();
    await page.getByLabel("Counted stock").fill("123");
    await page.getByRole("button", { name: "Set the stock" }).click();
    await page.getByText("The stock is 123 now.").waitFor();
    await page.getByText("counted at the desk").first().waitFor();
    await page.keyboard.press("Escape");
    const file = { name: "stock.csv", mimeType: "text/csv", buffer: Buffer.from(`sku,stock\n${article.sku},77\n`) };
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText("1 articles have a new stock.").waitFor();
    expect(await one(`select stock_quantity from store.articles where sku = '${article.sku}'`)).toEqual({
      stock_quantity: 77,
    });
    await page.close();
  });

  it("shows what a markdown would do before it does it", async () => {
    const page = await open(context, "prices");
    const prices = async () =>
      JSON.stringify(await connection.query("select article_id, price_minor from store.articles order by 1"));
    const before = await prices();
    await page.getByLabel("Category").first().click();
    await page.getByRole("option", { name: "Scarves, accessories" }).click();
    await page.getByLabel("Slowest, % of articles").fill("100");
    await page.getByRole("button", { name: "Show the effect" }).click();
    await page.getByText(/articles would change/).waitFor();
    expect(await prices()).toBe(before);
    await page.getByRole("button", { name: /^Change \d+ prices/ }).click();
    await page.getByText(/prices are changed/).waitFor();
    const { count } = await one(
      "select count(*)::int as count from store.price_history where reason like 'markdown 20%'",
    );
    expect(Number(count)).toBeGreaterThan(0);
    await page.close();
  });

  it("hands an administrator everything held about a customer", async () => {
    const { customer_id, email } = await one(
      "select customer_id, email from store.customers join store.orders using (customer_id) order by customer_id desc limit 1",
    );
    const page = await open(context, "customers");
    await page.getByRole("textbox", { name: "Search customers" }).fill(String(email));
    await page
      .getByRole("button", { name: String(email) })
      .first()
      .click();
    const button = page.getByRole("button", { name: "Export everything held" });
    await button.waitFor();
    await button.scrollIntoViewIfNeeded();
    if (pictures !== "") await page.screenshot({ path: join(pictures, "customer-export.png") });
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    expect(download.suggestedFilename()).toBe(`customer-S-${customer_id}.json`);
    const person = JSON.parse(readFileSync(await download.path(), "utf8"));
    expect(person.person.emails).toEqual([email]);
    expect(Object.keys(person.store)).toEqual(expect.arrayContaining(["customers", "orders", "payments"]));
    await page.close();
  });

  it("ships an order, accepts a return and refunds it, cancels another, and finds both sides equal to the cent", async () => {
    const [kept, cancelled] = [await buy("kept"), await buy("cancelled")];
    const page = await open(context, "orders");
    await page.getByRole("button", { name: String(kept), exact: true }).click();
    await page.getByLabel("Carrier's number").fill("PARCEL-9");
    await page.getByRole("button", { name: "Mark as shipped" }).click();
    await page.getByRole("button", { name: "Mark as delivered" }).click();
    await page.getByText(/: delivered/).waitFor();
    await page.keyboard.press("Escape");
    const { order_item_id } = await one(`select order_item_id from store.order_items where order_id = ${kept}`);
    await store.requestReturn(kept, [{ order_item_id: Number(order_item_id), quantity: 1 }], "too small");
    await page.reload();
    await page.getByRole("button", { name: "Accept and refund" }).click();
    await page.getByText(/restocked, and the refund is on its way/).waitFor();
    await page.getByRole("button", { name: String(cancelled), exact: true }).click();
    await page.getByRole("button", { name: "Cancel and refund" }).click();
    await page.getByText(/Cancelled: restocked/).waitFor();
    expect(await one(`select status from store.payments where order_id = ${cancelled} and kind = 'refund'`)).toEqual({
      status: "succeeded",
    });
    await page.keyboard.press("Escape");

    // The purchase just made is in the warehouse: the dashboard has it, and both sides agree.
    const counted = async () => (await shop.sql(`select order_id from fct_orders where order_id = 'S-${kept}'`)).length;
    await expect.poll(counted, { timeout: 120_000, interval: 500 }).toBe(1);
    await page.getByRole("tab", { name: "Reconciliation" }).click();
    await expect
      .poll(
        async () => {
          await page.getByRole("button", { name: "Compare now" }).click();
          return await page
            .getByText(/Store and warehouse (agree)|days differ/)
            .first()
            .textContent();
        },
        { timeout: 120_000, interval: 1000 },
      )
      .toMatch(/agree on \d+ days, to the cent/);
    await page.close();
  });

  it("lets a price wait and takes it back, and saves a coupon that a shopper can use", async () => {
    const page = await open(context, "prices");
    const article = await one(
      "select article_id, name, sku, price_minor from store.articles order by article_id limit 1",
    );
    const field = page.getByLabel("Article", { exact: true }).first();
    await field.click();
    await field.fill(String(article.sku));
    await page.getByRole("option", { name: new RegExp(String(article.sku)) }).click();
    await page.getByLabel("New price, GBP").fill("12.34");
    await page.getByLabel("From, UTC").fill("2099-01-01T08:00");
    await page.getByRole("button", { name: "Schedule the price" }).click();
    await page.getByText("The price waits for its time.").waitFor();
    expect(
      await one(
        "select price_minor::int, store.utc_text(starts_at) as at from store.price_schedules where applied_at is null",
      ),
    ).toEqual({
      price_minor: 1234,
      at: expect.stringMatching(/^2099-01-01.08:00:00/),
    });
    await page.getByRole("button", { name: `Take back the price of ${article.name}` }).click();
    await page.getByText("No price waits.").waitFor();
    await page.getByLabel("Code", { exact: true }).fill("spring-10");
    await page.getByRole("button", { name: "Save the coupon" }).click();
    await page.getByText("The coupon SPRING-10 is saved.").waitFor();
    expect(await one("select kind, value::int from store.coupons where code = 'SPRING-10'")).toEqual({
      kind: "percent",
      value: 10,
    });
    await page.close();
  });

  it("finds a customer by letters of the address and shows what they bought, sent back and were written", async () => {
    const id = await buy("ada-sees-all");
    const page = await open(context, "customers");
    await page.getByLabel("Search customers").fill("ada-sees");
    await page.getByRole("button", { name: "ada-sees-all@example.com" }).click();
    await page
      .getByRole("dialog")
      .getByRole("cell", { name: String(id), exact: true })
      .waitFor();
    await page.getByText("Order confirmation", { exact: false }).waitFor();
    await page.getByText("No model has scored this customer yet", { exact: false }).waitFor();
    await page.close();
  });

  it("reads a review, adds a category, and refreshes figures with rows and time", async () => {
    const { article_id, customer_id } = await one(
      "select article_id, customer_id from store.articles, store.customers limit 1",
    );
    await connection.query("delete from store.reviews");
    await store.insertReview(Number(customer_id), Number(article_id), 5, "Lovely", "Soft and warm");
    const page = await open(context, "reviews");
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("Everything has been read.").waitFor();
    await page.getByRole("tab", { name: "Catalogue" }).click();
    await page.getByLabel("New category").fill("Gloves");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Gloves is saved.").waitFor();
    await page.getByRole("tab", { name: "Figures" }).click();
    await page.getByRole("button", { name: "Refresh now" }).click();
    await page.getByText(/Daily sales: \d+ rows, refreshed in/).waitFor();
    await page.close();
  });

  it("shows who would get a mail for a cart left behind, sends it once, and reads it beside the control group", async () => {
    const customers = await connection.query("select customer_id from store.customers order by 1 limit 12");
    const { article_id } = await one(
      "select article_id from store.articles where stock_quantity > 20 and is_active order by 1 limit 1",
    );
    for (const { customer_id } of customers)
      await store.addToCart(await store.openCart(Number(customer_id), null), Number(article_id), 1);
    await connection.query("update store.customers set accepts_mail = true, is_active = true");
    await connection.query("update store.carts set last_active_at = now() - interval '2 days'");
    await store.detectAbandonedCarts();
    const page = await open(context, "mailings");
    await page.getByLabel("Control group, %").fill("50");
    await page.getByRole("button", { name: "Show who gets a mail" }).click();
    await page.getByText(/12 carts can be written to/).waitFor();
    expect(await one("select count(*)::int as count from store.mailings")).toEqual({ count: 0 });
    await page.getByRole("button", { name: /^Send \d+ mails$/ }).click();
    await page.getByText(/mails are on their way/).waitFor();
    const { mailed, control } = await one(
      "select count(*) filter (where not is_control)::int as mailed, count(*) filter (where is_control)::int as control from store.mailing_carts",
    );
    expect(Number(mailed) + Number(control)).toBe(12);
    await page.getByText(`0 of ${mailed} (`).first().waitFor();
    await page.getByText(`0 of ${control} (`).last().waitFor();
    await page.getByRole("button", { name: "Show who gets a mail" }).click();
    await page.getByText(/0 carts can be written to/).waitFor();
    expect(await page.getByRole("button", { name: "Send 0 mails" }).isDisabled()).toBe(true);
    await page.close();
  });

  it.each([
    [390, "light"],
    [1440, "dark"],
  ] as const)("shows every tab at %i px, %s, named and without scrolling sideways", async (width, colorScheme) => {
    const visitor = await dashboard.enter({ width, colorScheme });
    for (const tab of tabs) {
      const page = await open(visitor, tab.toLowerCase());
      const problems = watch(page);
      await page.waitForLoadState("networkidle");
      expect((await namesOfControls(page)).filter((control) => control.startsWith("without a name"))).toEqual([]);
      const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(wide, `${tab} scrolls sideways`).toBeLessThanOrEqual(Number(room));
      expect(await seriousFindings(page), tab).toEqual([]);
      if (pictures !== "")
        await page.screenshot({ path: join(pictures, `desk-${tab.toLowerCase()}-${width}-${colorScheme}.png`) });
      expect(problems, tab).toEqual([]);
      await page.close();
    }
    await visitor.close();
  });
});

/** Journeys a person makes through the dashboard: a real browser, the real server, a small demo shop made for the run. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import type { APIRequestContext, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pages } from "../../src/analyses/define.ts";
import { catalogue } from "../../src/analyses/index.ts";
import { createDemoShop, writeDemoFiles } from "../../src/sources/generator/index.ts";
import { type Dashboard, namesOfControls, openDashboard, settled, watch } from "../support/browser.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const shown = pages.filter((page) => catalogue.some((analysis) => analysis.page === page));
const addressOf = (page: string): string => (page === "overview" ? "/" : `/${page}`);
const nbsp = /\u00a0/g;

type Row = Readonly<Record<string, unknown>>;

async function rowsOf(request: APIRequestContext, name: string, query = ""): Promise<readonly Row[]> {
  const answer = await request.get(`/api/v1/analyses/${name}${query}`);
  expect(answer.status(), `${name}${query}`).toBe(200);
  return ((await answer.json()) as { rows: Row[] }).rows;
}

const card = (page: Page, title: string): Locator =>
  page.locator("section.card").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

async function choose(page: Page, title: string, item: string): Promise<void> {
  await page
    .getByRole("button", { name: `Menu of ${title}` })
    .first()
    .click();
  await page.getByRole("menuitem", { name: item }).click();
}

const figures = (page: Page): Promise<string[]> => page.locator(".tile-figure").allTextContents();

async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await settled(page);
  return page;
}

/** What stands on a page has names, headings in order, and the landmarks people jump between. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  expect((await namesOfControls(page)).filter((control) => control.startsWith("without a name"))).toEqual([]);
  const outline = await page.evaluate(() => ({
    headings: [...document.querySelectorAll("h1, h2, h3, h4")].map((one) => Number(one.tagName[1])),
    pictures: [...document.querySelectorAll("img:not([alt]), svg[role=img]:not([aria-label])")].map(
      (one) => one.outerHTML,
    ),
    landmarks: ["main", "header.top-bar", "nav"].map((one) => document.querySelectorAll(one).length),
    doubled: [...document.querySelectorAll("[id]")]
      .map((one) => one.id)
      .filter((id, at, all) => all.indexOf(id) !== at),
    language: document.documentElement.lang,
    title: document.title,
  }));
  expect(outline.headings[0], name).toBe(1);
  expect(outline.headings.filter((level) => level === 1)).toHaveLength(1);
  for (const [at, level] of outline.headings.entries()) expect(level - (outline.headings[at - 1] ?? 0)).toBeLessThan(2);
  expect(outline.pictures).toEqual([]);
  expect(outline.landmarks.slice(0, 2)).toEqual([1, 1]);
  expect(outline.landmarks[2]).toBeGreaterThan(0);
  expect(outline.doubled).toEqual([]);
  expect(outline.language).toBe("en");
  expect(outline.title).toMatch(/ – Journey shop – Cartwright$/);
}

describe("the dashboard in a browser", () => {
  let shop: TestShop;
  let dashboard: Dashboard;
  let context: BrowserContext;
  const files = mkdtempSync(join(tmpdir(), "cartwright-journeys-"));

  beforeAll(async () => {
    // A dashboard that is up to date is left alone.
    execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
    shop = await openTestShop({ name: "Journey shop" });
    const demo = createDemoShop({ customers: 150, products: 24, orders: 120, days: 120, seed: 7 });
    const written = await writeDemoFiles(demo, files);
    await shop.load(written.map((file) => file.path).filter((path) => path.endsWith(".csv")));
    dashboard = await openDashboard(shop);
    context = await dashboard.enter();
  });
  afterAll(async () => {
    await dashboard?.close();
    await shop?.close();
    rmSync(files, { recursive: true, force: true });
  });

  it("signs in by a link that works once, to tiles with the figures the API gives", async () => {
    const stranger = await dashboard.browser.newContext({ locale: "en-GB", baseURL: dashboard.url });
    const page = await stranger.newPage();
    expect((await page.goto("/"))?.status()).toBe(401);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Sign in to see this shop.");
    const link = dashboard.signInLink();
    await page.goto(link);
    expect(new URL(page.url()).pathname).toBe("/");
    await settled(page);

    const [kpi] = await rowsOf(stranger.request, "kpi-summary");
    const pounds = (minor: unknown, digits: number): string =>
      (Number(minor) / 100).toLocaleString("en-GB", {
        style: "currency",
        currency: "GBP",
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
    const exact = await page.locator(".tile").evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute("title")));
    const expected = [
      `Net revenue: ${pounds(kpi?.net_revenue_minor, 2)}.`,
      `Orders: ${Number(kpi?.order_count).toLocaleString("en-GB")}.`,
      `Average order value: ${pounds(kpi?.average_order_value_minor, 2)}.`,
      `Customers: ${Number(kpi?.customer_count).toLocaleString("en-GB")}.`,
      `Visitors: ${Number(kpi?.visitor_count).toLocaleString("en-GB")}.`,
      `Session conversion: ${(Number(kpi?.session_conversion_rate) * 100).toFixed(1)} %.`,
    ];
    expect(exact).toHaveLength(expected.length);
    for (const [index, tile] of expected.entries()) expect(exact[index]?.replace(nbsp, " ")).toContain(tile);
    // At a glance: three figures of what is large, whole pounds of what is not.
    const [revenue, orders, average] = await figures(page);
    expect(revenue?.replace(nbsp, " ")).toBe(`£${(Number(kpi?.net_revenue_minor) / 100_000).toFixed(1)} k`);
    expect(orders).toBe(String(kpi?.order_count));
    expect(average).toBe(pounds(kpi?.average_order_value_minor, 0));

    const again = await dashboard.browser.newContext();
    const second = await again.newPage();
    expect((await second.goto(link))?.status()).toBe(401);
    expect(await second.getByRole("heading", { level: 1 }).textContent()).toContain("has been used");
    await again.close();
    await stranger.close();
  });

  it.each([1440, 390])(
    "shows every card of every page at %i px, without an error and without scrolling",
    async (width) => {
      const visitor = await dashboard.enter({ width });
      for (const name of shown) {
        const page = await visitor.newPage();
        const problems = watch(page);
        await page.goto(addressOf(name));
        await settled(page);
        const titles = catalogue.filter((analysis) => analysis.page === name).map((analysis) => analysis.title);
        const menus = await page
          .getByRole("button", { name: /^Menu of / })
          .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")?.slice(8)));
        expect(
          titles.filter((title) => !menus.includes(title)),
          `cards missing on ${name}`,
        ).toEqual([]);
        expect(await page.getByRole("alert").allTextContents(), name).toEqual([]);
        expect(await page.locator(".lead").textContent(), name).toMatch(/\d.*\.$/);
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(Number(room));
        await expectAccessible(page, name);
        expect(problems, name).toEqual([]);
        await page.close();
      }
      await visitor.close();
    },
  );

  it("keeps period, comparison and filter in the address, through reload, a new tab and Back", async () => {
    const page = await open(context, "/");
    const everything = await figures(page);
    await page.getByRole("button", { name: /^Period: / }).click();
    await page.getByRole("button", { name: "Last 30 days" }).click();
    await page.getByRole("radio", { name: "Days of your choice" }).check();
    await page.getByRole("radio", { name: "Period before" }).check();
    await page.keyboard.press("Escape");
    await page.waitForURL(/period=30d.*compare=previous/);
    await expect.poll(() => figures(page), { timeout: 30_000 }).not.toEqual(everything);
    await settled(page);
    expect(await page.locator(".tile-change").first().textContent()).toMatch(
      /(up|down) .* against the compared period/,
    );
    const month = await figures(page);

    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByText("Channel", { exact: true }).click();
    await page.getByRole("checkbox", { name: /^Organic/ }).check();
    await page.keyboard.press("Escape");
    await page.waitForURL(/channel=organic/);
    await expect.poll(() => figures(page), { timeout: 30_000 }).not.toEqual(month);
    await settled(page);
    const narrowed = await figures(page);
    const day = (shift: number): string =>
      new Date(Date.parse("2026-03-01") + shift * 86_400_000).toISOString().slice(0, 10);
    const query = `?period_start=${day(-30)}&period_end=${day(0)}&channel=organic`;
    const [kpi] = await rowsOf(context.request, "kpi-summary", query);
    expect(narrowed[1]).toBe(String(kpi?.order_count));

    await page.reload();
    await settled(page);
    expect(await figures(page)).toEqual(narrowed);
    const tab = await open(context, page.url());
    expect(await figures(tab)).toEqual(narrowed);
    expect(await tab.locator(".chip").allTextContents()).toEqual(["Channel Organic"]);
    await tab.close();

    await page.goBack();
    await page.waitForURL((url) => !url.search.includes("channel"));
    await page.waitForFunction(
      (before) => document.querySelectorAll(".tile-figure")[0]?.textContent === before,
      month[0],
    );
    expect(await figures(page)).toEqual(month);
    await page.close();
  });

  it("explains a figure, downloads all its rows, and sorts its table", async () => {
    const page = await open(context, "/sales");
    await choose(page, "Top products", "How is this computed");
    const drawer = page.getByRole("dialog");
    await drawer.getByRole("heading", { name: "SQL as run" }).waitFor();
    const told = await drawer.textContent();
    expect(told).toContain("Lines that name no product (postage, adjustments) are left out");
    expect(told).toContain("row_number() over");
    expect(told).toMatch(/Rows read[1-9]/);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });

    const every = await rowsOf(context.request, "top-products", "?limit=1000000");
    expect(every.length).toBeGreaterThan(20);
    await page.getByRole("button", { name: "Menu of Top products" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "CSV, all rows" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("top-products.csv");
    const [header, ...lines] = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    const declared = catalogue.find((analysis) => analysis.name === "top-products");
    expect(header).toBe(Object.keys(declared?.columns ?? {}).join(","));
    expect(lines).toHaveLength(every.length);

    await choose(page, "Top products", "View as table");
    const table = card(page, "Top products").getByRole("table");
    const column = async (): Promise<number[]> => {
      const index = (await table.getByRole("columnheader").allTextContents()).indexOf("Units");
      const cells = await table.locator(`tbody td:nth-child(${index + 1})`).allTextContents();
      return cells.map((text) => Number(text.replace(/,/g, "")));
    };
    const units = table.getByRole("columnheader", { name: "Units" });
    await units.getByRole("button").click();
    expect(await units.getAttribute("aria-sort")).toBe("descending");
    const falling = await column();
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    const top = await rowsOf(context.request, "top-products");
    expect(falling[0]).toBe(Math.max(...top.map((row) => Number(row.unit_count))));
    await units.getByRole("button").click();
    const rising = await column();
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(rising).not.toEqual(falling);
    await page.close();
  });

  it("takes a page away: all rows of its cards in one file, and on paper with what it was made from", async () => {
    const page = await open(context, "/sales?period=30d&channel=email");
    await page.getByRole("button", { name: "Download Sales" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "CSV files in a zip" }).click(),
    ]);
    const files = unzipSync(readFileSync(await download.path()));
    const textOf = (name: string): string => new TextDecoder().decode(files[name]);
    const told = textOf("README.txt");
    for (const fact of ["Sales of Journey shop", "Only channel email", "Data version ", page.url()])
      expect(told).toContain(fact);
    // The definition is the one the answer names, and the rows are those of the question the page asks.
    const asked = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => name)
        .find((name) => name.includes("revenue-by-country?")),
    );
    const { rows, meta } = await (await context.request.get(String(asked))).json();
    expect(told).toContain(`revenue-by-country.csv: definition ${meta.definition_version}`);
    const [header, ...lines] = textOf("revenue-by-country.csv").trimEnd().split("\r\n");
    const current: Row[] = rows.filter((row: Row) => row.period === undefined || row.period === "current");
    const at = header?.split(",").indexOf("net_revenue_minor") ?? -1;
    const exported = lines.filter((line) => !line.includes("previous")).map((line) => Number(line.split(",")[at]));
    expect(exported).toEqual(current.map((row) => Number(row.net_revenue_minor)));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".rail").isVisible()).toBe(false);
    expect(await page.locator("footer.print-only").textContent()).toContain(`Only channel email`);
    expect(await card(page, "Top products").locator("p.print-only").textContent()).toMatch(
      /^top-products, definition [0-9a-f]{8}$/,
    );
    await page.close();
  });

  it("can be used in the dark and by keyboard alone", async () => {
    const dark = await dashboard.enter({ colorScheme: "dark" });
    const page = await open(dark, "/");
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(13, 17, 23)");

    // The first stop skips to the page; further ones reach the controls in reading order, each with a ring.
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the page");
    const stops: string[] = [];
    for (let step = 0; step < 28; step += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        const isVisible = (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
        const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
        return { name: name.trim(), isVisible, box: element.getBoundingClientRect().width };
      });
      expect(stop.isVisible && stop.box > 0, `focus on "${stop.name}" is visible`).toBe(true);
      stops.push(stop.name);
    }
    const place = (name: RegExp): number => stops.findIndex((stop) => name.test(stop));
    const order = [/^Overview$/, /^Data$/, /^Period: /, /^Filter$/, /^Search/, /theme$/, /^Menu of Key figures$/].map(
      place,
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));

    await page.keyboard.press("Control+k");
    const search = page.getByRole("textbox", { name: "Search" });
    await search.waitFor();
    await page.keyboard.press("Escape");
    await search.waitFor({ state: "hidden" });
    await page.keyboard.press("Control+k");
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Search");
    await page.keyboard.type("cohort ret");
    await page.getByText("How did", { exact: false }).first().waitFor({ state: "hidden" });
    const picked = page.locator("[data-selected]");
    const pick = async (): Promise<string> => {
      if ((await picked.count()) === 0) await page.keyboard.press("ArrowDown");
      return (await picked.allTextContents()).join();
    };
    await expect.poll(pick, { timeout: 30_000 }).toContain("Cohort retention");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/customers\?.*open=cohort-retention/);
    await page.getByRole("button", { name: "All of Customers" }).waitFor();
    await settled(page);
    expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual(["Cohort retention"]);
    // Arrow keys step through a chart's points and say each.
    const chart = page.getByRole("slider");
    await chart.focus();
    await page.keyboard.press("Home");
    expect(await chart.getAttribute("aria-valuetext")).toMatch(/^Nov 2025, month 0: 100\.0\s%$/);
    await dark.close();
  });

  it("sends /overview to the first page, and says so where there is no page", async () => {
    const page = await open(context, "/overview?period=30d");
    expect(page.url()).toBe(`${dashboard.url}/?period=30d`);
    expect((await page.goto("/nowhere"))?.status()).toBe(404);
    await page.getByText("There is no page at this address.").waitFor();
    expect((await context.request.get("/nowhere", { headers: { accept: "application/json" } })).status()).toBe(404);
    expect(await (await context.request.get("/api/v1/nowhere")).json()).toMatchObject({ code: "not_found" });
    await page.close();
  });

  it("asks to sign in again when the session has ended", async () => {
    const leaving = await dashboard.enter();
    const page = await open(leaving, "/");
    await leaving.clearCookies();
    await page.getByRole("button", { name: /^Period: / }).click();
    await page.getByRole("button", { name: "Last 30 days" }).click();
    await page.getByRole("heading", { name: "Sign in to Cartwright" }).waitFor();
    expect(await page.locator("main").textContent()).toContain("cartwright link");
    expect(await page.locator(".card").count()).toBe(0);
    await leaving.close();
  });

  it("says why a shop that only has orders shows no sessions", async () => {
    const orders = await openTestShop();
    await orders.load([join(files, "orders.csv")]);
    const other = await openDashboard(orders, dashboard.browser);
    const visitor = await other.enter();
    try {
      for (const name of ["funnel", "sessions"]) {
        const page = await open(visitor, addressOf(name));
        expect(await page.locator(".lead").textContent()).toContain("This shop has orders but no recorded visits");
        expect(await page.locator(".state").first().textContent()).toContain("Import a clickstream");
        await page.close();
      }
      const page = await open(visitor, "/");
      const labels = await page.locator(".tile dt").allTextContents();
      expect(labels).toContain("Net revenue");
      expect(labels.filter((label) => /session|visitor/i.test(label))).toEqual([]);
    } finally {
      await other.close();
      await orders.close();
    }
  });
});

/** Of one's own on the corner shop: an analysis from files, a board of cards, a query of the console. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { inScheme, seriousFindings } from "../support/accessibility.ts";
import { type Dashboard, namesOfControls, openDashboard, settled, watch } from "../support/browser.ts";
import { describeCornerShop } from "../support/corner-shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const declaration = {
  title: "Gross by country",
  question: "Which countries bring the gross revenue?",
  grain: "one row per country",
  params: { min_orders: { type: "integer", min: 1, max: 1000, default: 1, meaning: "Fewest orders of a country" } },
  filters: ["country"],
  columns: {
    country: { type: "text", meaning: "Country of the order" },
    gross_minor: { type: "money", meaning: "Gross value of the orders" },
  },
  chart: { kind: "bar", x: "country", y: "gross_minor", horizontal: true },
};
const sql = `select orders.country as country, sum(orders.gross_minor) as gross_minor
from scoped_orders as orders
group by country
having count() >= {min_orders:UInt32}
order by gross_minor desc`;

describeCornerShop("one's own, in a browser", (_query, shop) => {
  let dashboard: Dashboard;
  let folder: string;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  const write = (declared: object | string = declaration, statement = sql): void => {
    writeFileSync(join(folder, "gross.json"), typeof declared === "string" ? declared : JSON.stringify(declared));
    writeFileSync(join(folder, "gross.sql"), statement);
  };
  const card = (title: string) => page.getByRole("region", { name: title, exact: true });
  const choose = async (title: string, item: string): Promise<void> => {
    await page.getByRole("button", { name: `Menu of ${title}` }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  /** What the page's menu of files gives for `item`. */
  async function downloaded(item: string): Promise<Buffer> {
    await page.locator(".page-tools button").click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: item }).click(),
    ]);
    return readFileSync(await download.path());
  }
  /** Nothing serious for axe in either theme, names for every control, and no scrolling sideways on a phone. */
  async function proveReadable(address: string, ready = () => settled(page)): Promise<void> {
    await page.goto(address);
    await ready();
    for (const scheme of ["light", "dark"] as const) {
      await inScheme(page, scheme);
      expect(await seriousFindings(page), `${address} ${scheme}`).toEqual([]);
    }
    expect((await namesOfControls(page)).filter((name) => name.startsWith("without a name"))).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1440, height: 1000 });
  }

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
    dashboard = await openDashboard(shop());
    folder = join(shop().folder, "analyses");
    mkdirSync(folder);
    context = await dashboard.enter();
    context.setDefaultTimeout(90_000);
    page = await context.newPage();
    problems = watch(page);
  });
  afterAll(async () => {
    await context?.close();
    await dashboard?.close();
  });
  beforeEach(() => {
    problems.length = 0;
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  });

  it("shows an analysis of files as a card like any other, as soon as the files are there", async () => {
    await page.goto("/own");
    await page.getByText("No analyses of your own yet.").waitFor();
    write();
    await card("Gross by country").waitFor();
    await settled(page);
    await page.getByText("This workspace brings along 1 analysis of its own.").waitFor();
    expect(await card("Gross by country").locator("canvas").count()).toBe(1);
    await choose("Gross by country", "View as table");
    await page.getByRole("cell", { name: "United Kingdom" }).waitFor();
    // 30 + 40 + 9 + 30 + 30 + 30 + 20 + 30 + 30 + 20 + 50 + 5; France 70 + 30 + 60.
    await page.getByRole("cell", { name: "£324.00" }).waitFor();
    await card("Gross by country").getByLabel("Min orders").fill("12");
    await page.waitForURL(/gross\.min_orders=12/);
    await page.getByRole("cell", { name: "£160.00" }).waitFor({ state: "detached" });
    await choose("Gross by country", "How is this computed");
    const drawer = page.getByRole("dialog");
    await drawer.getByText("scoped_orders as (").waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    const download = page.waitForEvent("download");
    await choose("Gross by country", "CSV, all rows");
    expect((await download).suggestedFilename()).toBe("gross.csv");

    // The file changes, is wrong, and is right again: the card follows without a reload.
    write(declaration, sql.replace("sum(orders.gross_minor)", "sum(orders.gross_minor) + 100"));
    await page.getByRole("cell", { name: "£325.00" }).waitFor();
    write({ ...declaration, chart: { kind: "bar", x: "country", y: "net_minor" } });
    await page.getByText('analyses/gross.json: chart.y: there is no column "net_minor"').waitFor();
    write({ ...declaration, page: "sales" });
    await page.getByText("some of them on Sales").waitFor();
    await page.goto("/sales?open=gross");
    await settled(page);
    await card("Gross by country").waitFor();
    expect(problems).toEqual([]);
  });

  it("keeps one that fails to its own card", async () => {
    write({ ...declaration, page: "sales" }, sql.replace("scoped_orders", "scoped_orders, nowhere"));
    await page.goto("/sales");
    await settled(page);
    await card("Gross by country").getByText("An analysis of your own is not right").waitFor();
    expect(await page.getByRole("alert").count()).toBe(1);
    expect(problems.filter((problem) => !problem.includes("422"))).toEqual([]);

    // An answer that cannot be drawn, such as one that a proxy has cut, leaves the page standing too.
    write({ ...declaration, page: "sales" });
    await page.route(/\/analyses\/gross\?/, (route) =>
      route.fulfill({ contentType: "application/json", body: '{"rows":[null],"meta":{}}' }),
    );
    await card("Gross by country").getByText("This card could not be drawn").waitFor();
    expect(await page.locator(".card canvas").count()).toBeGreaterThan(3);
    await page.unroute(/\/analyses\/gross\?/);
    await page.reload();
    await settled(page);
    expect(await card("Gross by country").locator("canvas").count()).toBe(1);
  });

  it("makes a board of two cards, one with its own period, and arranges it", async () => {
    write();
    await page.goto("/sales?country=France&from=2025-01-01&to=2025-01-31&revenue-over-time.grain=month");
    await settled(page);
    await choose("Revenue over time", "Add to board");
    const dialog = page.getByRole("dialog", { name: "Add to board" });
    await dialog.getByLabel("Name of the new board").fill("Monday");
    await dialog.getByLabel("Title of the card").fill("France in January");
    await dialog.getByLabel("Keep this period").check();
    await dialog.getByLabel("Keep these filters").check();
    await dialog.getByRole("button", { name: "Add card" }).press("Enter");
    await dialog.getByText("The card is on the board.").waitFor();
    await page.keyboard.press("Escape");
    await page.goto("/own");
    await settled(page);
    await choose("Gross by country", "Add to board");
    await expect.poll(() => dialog.getByRole("combobox", { name: "Board" }).inputValue()).toBe("Monday");
    await dialog.getByRole("button", { name: "Add card" }).click();
    await dialog.getByRole("link", { name: "Open the board" }).click();
    await page.getByRole("heading", { name: "Monday", level: 1 }).waitFor();
    await settled(page);

    const titles = () => page.locator(".card h2").allTextContents();
    expect(await titles()).toEqual(["France in January", "Gross by country"]);
    const subtitle = (title: string) => card(title).locator(".card-subtitle").textContent();
    expect(await subtitle("France in January")).toMatch(/^1–31 Jan 2025.*; only France$/);
    expect(await subtitle("Gross by country")).toMatch(/^2 Jan – 20 Apr 2025/);
    await page.goto(`${new URL(page.url()).pathname}?period=30d`);
    await settled(page);
    expect(await subtitle("France in January")).toMatch(/^1–31 Jan 2025.*; only France$/);
    expect(await subtitle("Gross by country")).toMatch(/^22 Mar – 20 Apr 2025/);
    // A control of a card on the board stands under the card, not under the analysis.
    await card("Gross by country").getByLabel("Min orders").fill("2");
    await page.waitForURL(/[?&][0-9a-f]{8}\.min_orders=2/);

    await page.getByRole("button", { name: "Arrange" }).click();
    const drawer = page.getByRole("dialog", { name: "Arrange Monday" });
    const down = drawer.getByRole("button", { name: "Move France in January down" });
    await down.press("Enter");
    await expect.poll(titles).toEqual(["Gross by country", "France in January"]);
    expect(await down.evaluate((button) => button === document.activeElement)).toBe(true);
    await down.press("Alt+ArrowUp");
    await expect.poll(titles).toEqual(["France in January", "Gross by country"]);
    await drawer.getByRole("button", { name: "Move Gross by country up" }).click();
    await expect.poll(titles).toEqual(["Gross by country", "France in January"]);
    await drawer.getByRole("button", { name: "Rename France in January" }).click();
    await drawer.getByLabel("New title of France in January").fill("January");
    await page.keyboard.press("Enter");
    await drawer.getByRole("button", { name: "Rename January" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.reload();
    await settled(page);
    expect(await titles()).toEqual(["Gross by country", "January"]);
    const address = new URL(page.url()).pathname;
    await proveReadable(address);

    // Taken away: the rows as each card sees the page, and a picture that says what it was made from.
    const zip = unzipSync(await downloaded("CSV files in a zip"));
    expect(Object.keys(zip).toSorted()).toEqual(["README.txt", "gross.csv", "revenue-over-time.csv"]);
    const january = new TextDecoder().decode(zip["revenue-over-time.csv"]).trimEnd().split("\r\n").slice(1);
    expect(january.map((line) => line.slice(0, 7))).toEqual(["2025-01"]);
    const picture = await downloaded("Picture (PNG)");
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    const width = await page.locator(".page").evaluate((element) => element.scrollWidth);
    expect(picture.readUInt32BE(16)).toBe(2 * (width + 48));
    expect(await page.locator(".page footer.print-only").isVisible()).toBe(false);

    // Shared, it opens without an account, with the cards it has now.
    await page.getByRole("button", { name: "Views and links" }).click();
    await page.getByRole("button", { name: "Make link" }).click();
    const link = await page.getByLabel("Link", { exact: true }).inputValue();
    await page.keyboard.press("Escape");
    const stranger = await dashboard.browser.newContext({ locale: "en-GB", viewport: { width: 390, height: 844 } });
    stranger.setDefaultTimeout(90_000);
    const phone = await stranger.newPage();
    const troubles = watch(phone);
    await phone.goto(link);
    await settled(phone);
    expect(await phone.locator(".card h2").allTextContents()).toEqual(["Gross by country", "January"]);
    expect(await phone.getByRole("alert").count()).toBe(0);
    expect(await phone.getByRole("button", { name: "Arrange" }).count()).toBe(0);
    expect(troubles).toEqual([]);
    await stranger.close();

    await page.getByRole("button", { name: "Arrange" }).click();
    await drawer.getByRole("button", { name: "Remove Gross by country" }).click();
    await expect.poll(titles).toEqual(["January"]);
    await drawer.getByRole("button", { name: "Delete the board" }).click();
    await page.getByText("No boards yet.").waitFor();
    expect(problems).toEqual([]);
  });

  it("starts a person at their board, and lists boards for everyone", async () => {
    await page.goto("/boards");
    await page.getByLabel("Name of a new board").fill("Mine");
    await page.getByRole("button", { name: "Make board" }).click();
    await page.getByRole("link", { name: "Mine" }).click();
    await page.getByText("This board has no cards yet.").waitFor();
    await page.getByRole("button", { name: "Views and links" }).click();
    await page.getByRole("button", { name: "Start at this page" }).click();
    await page.getByText("You start at Boards, all days").waitFor();
    const arriving = await context.newPage();
    await arriving.goto("/");
    await arriving.waitForURL(/\/boards\/[0-9a-f]{12}$/);
    await arriving.close();
    await page.getByRole("button", { name: "Start at the overview" }).click();
    await page.getByText("You start at the overview.").waitFor();
    await proveReadable("/boards", () => page.getByRole("link", { name: "Mine" }).waitFor());
    expect(problems).toEqual([]);
  });

  it("keeps a query of the console: saved, reopened after a reload, changed, renamed, deleted", async () => {
    await page.goto("/data");
    await settled(page);
    const console_ = card("SQL console");
    const list = console_.getByRole("combobox");
    const text = console_.getByLabel("SQL", { exact: true });
    await text.fill("select count() as orders from fct_orders");
    await console_.getByLabel("Keep this query as").fill("How many orders");
    await console_.getByRole("button", { name: "Save query" }).click();
    await console_.getByLabel(/“How many orders” is open, by owner/).waitFor();
    await page.reload();
    await settled(page);
    await list.click();
    await page.getByRole("option", { name: "How many orders" }).click();
    expect(await text.inputValue()).toBe("select count() as orders from fct_orders");
    await console_.getByRole("button", { name: "Run" }).click();
    await console_.getByRole("columnheader", { name: "orders" }).waitFor();
    await text.fill("select count() as lines from fct_order_lines");
    await console_.getByRole("button", { name: "Save changes" }).click();
    await console_.getByRole("button", { name: "Save changes", disabled: true }).waitFor();
    await console_.getByLabel(/Another name/).fill("How many lines");
    await console_.getByRole("button", { name: "Rename" }).click();
    await console_.getByLabel(/“How many lines” is open/).waitFor();
    // The examples are still there.
    await list.click();
    expect(await page.getByRole("option").count()).toBe(21);
    await page.keyboard.press("Escape");
    await console_.getByRole("button", { name: "Delete query" }).click();
    await console_.getByLabel("Keep this query as").waitFor();
    expect(await text.inputValue()).toBe("select count() as lines from fct_order_lines");
    expect(problems).toEqual([]);
  });

  it("is readable: the page of own analyses, with a right one and a wrong one", async () => {
    write();
    writeFileSync(join(folder, "broken.json"), "{");
    await proveReadable("/own");
    expect(problems).toEqual([]);
  });
});

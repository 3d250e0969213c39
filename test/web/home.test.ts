/** Home: what a viewpoint asks first, kept per person, with this shop's own numbers; readable everywhere. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inScheme, seriousFindings, unreachedControls } from "../support/accessibility.ts";
import { type Dashboard, openDashboard, settled, watch } from "../support/browser.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const build = fileURLToPath(new URL("../../scripts/build.mjs", import.meta.url));
const pictures = process.env.CARTWRIGHT_PICTURES ?? "";
const files = ["customers", "products", "orders", "events"].map((name) =>
  fileURLToPath(new URL(`../fixtures/corner-shop/${name}.csv`, import.meta.url)),
);

describe("Home", () => {
  let shop: TestShop;
  let dashboard: Dashboard;

  beforeAll(async () => {
    execFileSync(process.execPath, [build], { stdio: "ignore" });
    shop = await openTestShop({ name: "Corner shop", currency: "GBP", time_zone: "Europe/London" });
    await shop.load(files);
    dashboard = await openDashboard(shop);
    if (pictures !== "") mkdirSync(pictures, { recursive: true });
  }, 300_000);
  afterAll(async () => {
    await dashboard?.close();
    await shop?.close();
  }, 120_000);

  const choose = async (page: Page, label: string): Promise<void> => {
    await page.getByRole("combobox", { name: "Your viewpoint" }).click();
    await page.getByRole("option", { name: label }).click();
  };
  const stage = async (page: Page, title: string): Promise<readonly string[]> =>
    await page
      .locator(".flow-stage")
      .filter({ has: page.getByRole("link", { name: title, exact: true }) })
      .locator(".flow-count")
      .evaluateAll((lines) => lines.map((line) => [...line.children].map((part) => part.textContent).join(" ")));

  it("shows the figures of a viewpoint, keeps it for the person, and leads on", async () => {
    const context = await dashboard.enter();
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const problems = watch(page);
    await page.goto("/home");
    await settled(page);
    const [figures] = await shop.query("kpi-summary");
    const tile = page.locator(".tile").filter({ hasText: /^Orders/ });
    expect(await tile.locator(".tile-figure").textContent()).toBe(String(figures?.order_count));
    await page.getByRole("heading", { name: "Revenue by channel" }).waitFor();

    await choose(page, "Marketer");
    await page.getByRole("heading", { name: "RFM segments" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "RFM segments" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Segments", exact: true }).click();
    await page.waitForURL(/\/segments/);
    expect(problems).toEqual([]);
    await context.close();
  }, 200_000);

  it("draws how data flows with the shop's own counts, and tells it in a sentence", async () => {
    const context = await dashboard.enter();
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    await page.goto("/home");
    await settled(page);
    const [counts] = await shop.sql(
      `select (select count() from fct_events) as events, (select count() from fct_order_lines) as lines,
       (select count() from fct_sessions) as sessions, (select count() from fct_orders) as orders,
       (select count() from dim_customer) as customers, (select count() from dim_product) as products,
       (select count() from agg_daily) as days, (select sum(loaded_rows) from ops_batches final) as loaded`,
    );
    expect(await stage(page, "Sources")).toEqual([`Files ${counts?.loaded}`]);
    expect(await stage(page, "Facts")).toEqual([`Events ${counts?.events}`, `Order lines ${counts?.lines}`]);
    expect(await stage(page, "Built")).toEqual([
      `Sessions ${counts?.sessions}`,
      `Orders ${counts?.orders}`,
      `Customers ${counts?.customers}`,
      `Products ${counts?.products}`,
      `Days in the rollup ${counts?.days}`,
    ]);
    const told = page.getByText(`${counts?.loaded} rows from “Files” were taken in.`);
    expect(await told.count()).toBe(1);
    await page.getByText("answers; version").waitFor();
    await context.close();
  }, 200_000);

  it.each([390, 1440])(
    "is readable in both themes at %i px, from every viewpoint",
    async (width) => {
      const context = await dashboard.enter({ width });
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      await page.goto("/home");
      await settled(page);
      const labels = width === 390 ? ["Shopkeeper"] : ["Analyst", "Marketer", "Category manager", "Engineer"];
      for (const label of labels) {
        await choose(page, label);
        await page
          .getByRole("combobox", { name: "Your viewpoint" })
          .and(page.locator(`[value="${label}"]`))
          .waitFor();
        await settled(page);
        for (const colorScheme of ["light", "dark"] as const) {
          await inScheme(page, colorScheme);
          const name = `home-${label.toLowerCase().replace(" ", "-")}-${width}-${colorScheme}`;
          if (pictures !== "") await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
          expect(await seriousFindings(page), name).toEqual([]);
        }
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(wide, `${label} scrolls sideways`).toBeLessThanOrEqual(Number(room));
      }
      if (width === 1440) expect(await unreachedControls(page)).toEqual([]);
      await context.close();
    },
    300_000,
  );
});

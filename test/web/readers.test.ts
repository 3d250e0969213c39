/** Who uses the dashboard, and for what: whole journeys, and what everyone must be able to reach and read. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pages } from "../../src/analyses/define.ts";
import { createDemoShop, writeDemoFiles } from "../../src/sources/generator/index.ts";
import { inScheme, seriousFindings, unreachedControls } from "../support/accessibility.ts";
import { type Dashboard, openDashboard, settled } from "../support/browser.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const card = (page: Page, title: string): Locator =>
  page.locator("section.card").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

describe("readers of the dashboard", () => {
  let shop: TestShop;
  let dashboard: Dashboard;
  let context: BrowserContext;
  const files = mkdtempSync(join(tmpdir(), "cartwright-readers-"));

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
    shop = await openTestShop({ name: "Reader shop" });
    const demo = createDemoShop({ customers: 300, products: 24, orders: 400, days: 120, seed: 7 });
    const written = await writeDemoFiles(demo, files);
    await shop.load(written.map((file) => file.path).filter((path) => path.endsWith(".csv")));
    dashboard = await openDashboard(shop);
    context = await dashboard.enter();
    context.setDefaultTimeout(90_000);
  });
  afterAll(async () => {
    await dashboard?.close();
    await shop?.close();
    rmSync(files, { recursive: true, force: true });
  });

  /** Lines of a downloaded CSV, as records by their header. */
  async function downloaded(page: Page, start: () => Promise<void>): Promise<readonly Record<string, string>[]> {
    const [download] = await Promise.all([page.waitForEvent("download"), start()]);
    const [header = "", ...lines] = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    const names = header.split(",");
    return lines.map((line) => Object.fromEntries(line.split(",").map((value, index) => [names[index] ?? "", value])));
  }

  it.each([...pages, "segments"])(
    "%s is readable in both themes, and every control is reached by keyboard",
    async (name) => {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(name === "overview" ? "/" : `/${name}`);
      if (name === "segments") await page.getByRole("heading", { name: "New segment" }).waitFor();
      else await settled(page);
      expect(await seriousFindings(page), "light").toEqual([]);
      expect(await unreachedControls(page)).toEqual([]);
      await inScheme(page, "dark");
      expect(await seriousFindings(page), "dark").toEqual([]);
      await page.close();
    },
  );

  it("views, alerts, annotating, filters and explanations are readable in both themes", async () => {
    const page = await context.newPage();
    await page.goto("/?open=daily-kpis");
    await settled(page);
    const openers: readonly (() => Promise<void>)[] = [
      async () => await page.getByRole("button", { name: "Views and links" }).click(),
      async () => await page.getByRole("button", { name: "Alerts" }).click(),
      async () => {
        await page.getByRole("button", { name: "Menu of Day by day" }).click();
        await page.getByRole("menuitem", { name: "Annotate" }).click();
      },
      async () => {
        await page.getByRole("button", { name: "Menu of Day by day" }).click();
        await page.getByRole("menuitem", { name: "How is this computed" }).click();
        await page.getByRole("heading", { name: "SQL as run" }).waitFor();
      },
      async () => await page.getByRole("button", { name: "Filter", exact: true }).click(),
    ];
    for (const open of openers) {
      await open();
      const dialog = page.getByRole("dialog").first();
      await dialog.waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        await inScheme(page, colorScheme);
        expect(await seriousFindings(page), `${await dialog.getAttribute("aria-labelledby")} ${colorScheme}`).toEqual(
          [],
        );
      }
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
    }
    await page.close();
  });

  it("a new analyst finds last month's worst funnel step by channel, and saves who left there", async () => {
    const page = await context.newPage();
    await page.goto("/");
    await settled(page);
    await page.getByRole("navigation").first().getByRole("link", { name: "Funnel" }).click();
    await page.getByRole("button", { name: /^Period: / }).click();
    await page.getByRole("button", { name: "Last month" }).click();
    await page.keyboard.press("Escape");
    await page.waitForURL(/period=last_month/);
    await settled(page);

    // The data end on 28 February, so last month is January.
    const [from, to] = ["2026-01-01", "2026-02-01"];
    const rows = await shop.query("funnel-breakdown", { period_start: from, period_end: to });
    const later = rows.filter((row) => Number(row.step) > 1 && Number(row.entity_count) > 0);
    const [worst] = later.toSorted((a, b) => Number(a.step_rate) - Number(b.step_rate));
    const channel = String(worst?.breakdown);
    await page.getByRole("button", { name: "Menu of Funnel by value" }).click();
    await page.getByRole("menuitem", { name: "View as table" }).click();
    const table = card(page, "Funnel by value").getByRole("table");
    await table.getByRole("columnheader", { name: "Step rate" }).getByRole("button").click();
    await table.getByRole("columnheader", { name: "Step rate" }).getByRole("button").click();
    const label = channel.replaceAll("_", " ").toLowerCase();
    expect((await table.locator("tbody tr").first().textContent())?.toLowerCase()).toContain(label);

    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("dialog", { name: "Filter" }).getByText("Channel", { exact: true }).click();
    await page.getByRole("checkbox", { name: new RegExp(`^${label}`, "i") }).check();
    await page.keyboard.press("Escape");
    await page.waitForURL(new RegExp(`channel=${channel}`));
    await settled(page);
    const funnel = card(page, "Funnel").getByRole("slider");
    await funnel.focus();
    // Points go step, loss, step, loss, step: the loss before the worst step.
    await page.keyboard.press("Home");
    for (let point = 0; point < 2 * Number(worst?.step) - 3; point += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "These customers as a segment" }).click();
    await page.getByLabel("Name").fill("Left before the step");
    await page.getByRole("button", { name: "Save segment" }).click();
    await page.getByRole("row").filter({ hasText: "Left before the step" }).waitFor();
    const saved = (await (await context.request.get("/api/v1/segments/left-before-the-step")).json()) as {
      rule: unknown;
    };
    const period = { from, to, channel: [channel] };
    const before = rows.find((row) => row.breakdown === channel && Number(row.step) === Number(worst?.step) - 1);
    expect(saved.rule).toEqual({
      all: [
        { kind: "events", event_type: before?.step_name, ...period },
        { kind: "events", event_type: worst?.step_name, max_count: 0, ...period },
      ],
    });
    await page.close();
  });

  it("a category manager compares three brands and exports what the page shows", async () => {
    const page = await context.newPage();
    await page.goto("/products");
    await settled(page);
    const compared = card(page, "Brands compared");
    const brands = ["Lumen", "Stride", "Clearwater"];
    for (const brand of brands) {
      const field = compared
        .locator("label", { hasText: /^Brands/ })
        .locator("input")
        .first();
      await field.fill(brand);
      await field.press("Enter");
      await page.waitForURL((url) => url.search.includes(brand));
    }
    await settled(page);
    await page.getByRole("button", { name: "Menu of Brands compared" }).click();
    await page.getByRole("menuitem", { name: "View as table" }).click();
    const shown = await compared.getByRole("table").locator("tbody tr td:first-child").allTextContents();
    expect(shown.toSorted()).toEqual(brands.toSorted());
    await page.getByRole("button", { name: "Menu of Brands compared" }).click();
    const records = await downloaded(
      page,
      async () => await page.getByRole("menuitem", { name: "CSV, all rows" }).click(),
    );
    const rows = await shop.query("brand-comparison", { brands });
    expect(records.map((one) => [one.brand, Number(one.net_revenue_minor)])).toEqual(
      rows.map((row) => [row.brand, Number(row.net_revenue_minor)]),
    );
    await page.close();
  });
});

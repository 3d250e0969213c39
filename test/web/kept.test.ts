/** What people keep on the corner shop: views, a start page, links, notes, alerts, and a list of customers. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Dashboard, namesOfControls, openDashboard, settled, watch } from "../support/browser.ts";
import { describeCornerShop } from "../support/corner-shop.ts";
import { openTestShop } from "../support/shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describeCornerShop("what people keep, in a browser", (_query, shop) => {
  let dashboard: Dashboard;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
    dashboard = await openDashboard(shop());
  });
  afterAll(async () => await dashboard?.close());

  it("saves, renames, opens and deletes a view, and starts at it", async () => {
    const context = await dashboard.enter();
    const page = await context.newPage();
    const problems = watch(page);
    await page.goto("/sales?country=France&revenue-over-time.grain=month");
    await settled(page);
    await page.getByRole("button", { name: "Views and links" }).click();
    const drawer = page.getByRole("dialog", { name: "Views and links" });
    await drawer.getByLabel("Save this view as").fill("French sales");
    await drawer.getByRole("button", { name: "Save view" }).click();
    await drawer.getByRole("button", { name: "Rename French sales" }).click();
    await drawer.getByLabel("New name of French sales").fill("France by month");
    await drawer.getByRole("button", { name: "Rename", exact: true }).click();
    await drawer.getByRole("button", { name: "Start at France by month" }).click();
    await drawer.getByText("You start at Sales, all days, France.").waitFor();
    expect((await namesOfControls(page)).filter((name) => name.startsWith("without a name"))).toEqual([]);

    // Who arrives at the bare address is taken there; the overview stays within reach.
    const arriving = await context.newPage();
    await arriving.goto("/");
    await arriving.waitForURL(/\/sales\?country=France&revenue-over-time\.grain=month$/);
    await settled(arriving);
    await arriving.getByRole("navigation").first().getByRole("link", { name: "Overview" }).click();
    await arriving.waitForURL((url) => url.pathname === "/");
    await settled(arriving);
    await arriving.reload();
    await settled(arriving);
    expect(new URL(arriving.url()).pathname).toBe("/");
    await arriving.getByRole("button", { name: "Views and links" }).click();
    await arriving.getByRole("link", { name: "France by month" }).click();
    await arriving.waitForURL(/\/sales\?country=France/);
    await arriving.close();

    await drawer.getByRole("button", { name: "Delete France by month" }).click();
    await drawer.getByText("No views yet.").waitFor();
    await drawer.getByText("You start at the overview.").waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it("shares a page that opens without an account, on a phone in the dark, until it is revoked", async () => {
    const context = await dashboard.enter();
    const page = await context.newPage();
    await page.goto("/sales?country=France");
    await settled(page);
    const figures = await page.locator(".lead").textContent();
    await page.getByRole("button", { name: "Views and links" }).click();
    await page.getByLabel("Share this page as").fill("France for Ida");
    await page.getByRole("button", { name: "Make link" }).click();
    const address = await page.getByLabel("Link", { exact: true }).inputValue();
    expect(address).toMatch(/\/shared#cws_/);

    const stranger = await dashboard.browser.newContext({
      locale: "en-GB",
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
      reducedMotion: "reduce",
    });
    const phone = await stranger.newPage();
    const problems = watch(phone);
    await phone.goto(address);
    await settled(phone);
    expect(await phone.locator(".lead").textContent()).toBe(figures);
    expect(await phone.locator(".shared-filters").textContent()).toBe("Country France");
    expect(await phone.getByRole("alert").count()).toBe(0);
    expect(await phone.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(13, 17, 23)");
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    // Nothing to filter, choose or leave by.
    expect(await phone.locator(".top-controls, .search-button, .card-controls").count()).toBe(0);
    expect(await phone.getByRole("navigation").count()).toBe(0);
    await phone.getByRole("button", { name: "Menu of Revenue by country" }).click();
    await phone.getByRole("menuitem").first().waitFor();
    expect(await phone.getByRole("menuitem").allTextContents()).toEqual([
      "View as table",
      "Open alone",
      "PNG, as drawn",
    ]);
    await phone.getByRole("menuitem", { name: "View as table" }).click();
    await phone.getByRole("cell", { name: "France" }).first().waitFor();
    // The address does not widen what is shown.
    await phone.goto(address.replace("#", "?country=Germany#"));
    await phone.reload();
    await settled(phone);
    expect(await phone.locator(".lead").textContent()).toBe(figures);
    expect(problems).toEqual([]);

    await page.getByRole("button", { name: "Revoke France for Ida" }).click();
    await page.getByText("France for Ida").waitFor({ state: "detached" });
    await phone.reload();
    await phone.getByText("This shared link has ended").waitFor();
    await stranger.close();
    await context.close();
  });

  it("annotates a day from the menu of a card, and says it in chart, sentence and table", async () => {
    const context = await dashboard.enter();
    const page = await context.newPage();
    const problems = watch(page);
    await page.goto("/sales?open=revenue-over-time&revenue-over-time.grain=month");
    await settled(page);
    await page.getByRole("button", { name: "Menu of Revenue over time" }).press("Enter");
    await page.getByRole("menuitem", { name: "Annotate" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Annotate" });
    await dialog.getByLabel("What happened").fill("Spring sale");
    await dialog.getByLabel("Day", { exact: true }).fill("2025-02-10");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    const list = page.getByRole("list", { name: "Annotations" });
    expect(await list.textContent()).toBe("A Mon 10 Feb 2025 Spring sale (owner)Delete");
    expect(await page.locator(".sentence").textContent()).toContain("Noted: Mon 10 Feb 2025, Spring sale.");
    const chart = page.getByRole("slider");
    await chart.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    expect(await chart.getAttribute("aria-valuetext")).toMatch(/^February 2025: .*; note A: Spring sale$/);
    await page.getByRole("button", { name: "Menu of Revenue over time" }).click();
    await page.getByRole("menuitem", { name: "View as table" }).click();
    await page.getByRole("table").waitFor();
    expect(await list.count()).toBe(1);
    // It stands on other charts over time too.
    await page.goto("/?open=daily-kpis");
    await settled(page);
    await list.getByText("Spring sale").waitFor();
    await list.getByRole("button", { name: "Delete the note Spring sale" }).press("Enter");
    await list.waitFor({ state: "detached" });
    expect(problems).toEqual([]);
    await context.close();
  });

  it("a marketer lists the customers the shop cannot afford to lose", async () => {
    // Gwen came six times in January and stays away; nine others came once, later.
    const often = [1, 5, 9, 13, 17, 21].map((day) => `g${day},gwen,2025-01-${String(day).padStart(2, "0")}`);
    const once = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) => `o${day},c${day},2025-03-0${day}`);
    const lines = [...often, ...once].map((start) => `${start}T10:00:00Z,kettle,1,20.00`);
    const folder = mkdtempSync(join(tmpdir(), "cartwright-marketer-"));
    const path = join(folder, "orders.csv");
    writeFileSync(path, `order_id,customer_id,ordered_at,product_id,quantity,unit_price\n${lines.join("\n")}\n`);
    const orders = await openTestShop();
    await orders.load([path]);
    const other = await openDashboard(orders, dashboard.browser);
    const context = await other.enter();
    const page = await context.newPage();
    await page.goto("/customers?open=rfm-segments");
    await settled(page);
    const chart = page.getByRole("slider");
    await chart.focus();
    await page.keyboard.press("Home");
    const said = async (): Promise<string> => (await chart.getAttribute("aria-valuetext")) ?? "";
    for (let bar = 0; bar < 8 && !(await said()).includes("Can't Lose Them"); bar += 1)
      await page.keyboard.press("ArrowRight");
    expect(await said()).toContain("Can't Lose Them: Customers 1");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "These customers as a segment" }).click();
    await page.getByLabel("Name").fill("Win back");
    await page.getByRole("button", { name: "Save segment" }).click();
    const row = page.getByRole("row").filter({ hasText: "Win back" });
    await row.waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      row.getByRole("link", { name: "CSV" }).click(),
    ]);
    const [header, ...members] = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(header?.split(",")[0]).toBe("customer_id");
    expect(members.map((line) => line.split(",")[0])).toEqual(["gwen"]);
    await context.close();
    await other.close();
    await orders.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("takes an alert, fires it at once, and says so at the bell", async () => {
    const context = await dashboard.enter();
    const page = await context.newPage();
    const problems = watch(page);
    await page.goto("/?open=kpi-summary&country=France");
    await settled(page);
    await page.getByRole("button", { name: "Alerts" }).click();
    const drawer = page.getByRole("dialog", { name: "Alerts" });
    await drawer.getByText("Nothing has fired yet.").waitFor();
    await drawer.getByLabel("Of the last days").fill("30");
    await drawer.getByLabel("Limit, GBP").fill("5000");
    await drawer.getByLabel("Call it").fill("Weak month");
    await drawer.getByText("Net revenue of the last 30 days is below £5,000.00; Country: France.").waitFor();
    await drawer.getByRole("button", { name: "Save alert" }).click();
    await drawer
      .getByText(/^Weak month: Net revenue was .* in the 30 days to 2025-04-20, below 5,000\.00 GBP\.$/)
      .waitFor();
    expect((await namesOfControls(page)).filter((name) => name.startsWith("without a name"))).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Alerts, 1 fired" }).click();
    await drawer.getByRole("button", { name: "Delete Weak month" }).click();
    await drawer.getByRole("button", { name: "Delete Weak month" }).waitFor({ state: "detached" });
    expect(problems).toEqual([]);
    await context.close();
  });
});

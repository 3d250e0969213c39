/** A person makes a segment out of a cell of a chart, saves it and filters by it. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Dashboard, namesOfControls, openDashboard, settled, watch } from "../support/browser.ts";
import { describeCornerShop } from "../support/corner-shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describeCornerShop("the Segments page", (_query, shop) => {
  let dashboard: Dashboard;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
    dashboard = await openDashboard(shop());
  });
  afterAll(async () => await dashboard?.close());

  it("takes these customers from a bar, saves them, counts them over time and filters by them", async () => {
    const context = await dashboard.enter();
    const page = await context.newPage();
    const problems = watch(page);
    await page.goto("/customers");
    await settled(page);
    const tiers = page
      .locator("section.card")
      .filter({ has: page.getByRole("heading", { name: "Lifetime value tiers" }) });
    await tiers.getByRole("slider").focus();
    for (const key of ["End", "Enter"]) await page.keyboard.press(key);
    expect(await tiers.locator(".picked").textContent()).toContain("Platinum");
    await tiers.getByRole("link", { name: "These customers as a segment" }).click();

    // Platinum: C01, C03 and C08, of twelve.
    await page.getByText("3 customers, 25.0 % of all, with value tier: Platinum.").waitFor();
    await page.getByLabel("Name").fill("Best ones");
    await page.getByRole("button", { name: "Save segment" }).click();
    const row = page.getByRole("row").filter({ hasText: "Best ones" });
    await row.getByText("25.0 %").waitFor();
    await page.getByRole("heading", { name: "Best ones over time" }).waitFor();
    expect((await namesOfControls(page)).filter((name) => name.startsWith("without a name"))).toEqual([]);
    await row.getByRole("button", { name: "Filter by it" }).click();
    expect(new URL(page.url()).searchParams.get("segment")).toBe("best-ones");

    await page.goto("/?segment=best-ones");
    await settled(page);
    // C01 five orders, C03 and C08 two each.
    expect(await page.locator(".tile").nth(1).locator(".tile-figure").textContent()).toBe("9");
    expect(problems).toEqual([]);
    await context.close();
  });

  it("does not scroll sideways on a phone", async () => {
    const context = await dashboard.enter({ width: 390, colorScheme: "dark" });
    const page = await context.newPage();
    await page.goto("/segments");
    await page.getByRole("heading", { name: "New segment" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await context.close();
  });
});

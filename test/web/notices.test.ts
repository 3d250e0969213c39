/** What is wrong with the data, told on the cards it touches. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Dashboard, namesOfControls, openDashboard, settled, watch } from "../support/browser.ts";
import type { TestShop } from "../support/shop.ts";
import { openTroubledShop } from "../support/troubled-shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pictures = process.env.CARTWRIGHT_PICTURES;

let shop: TestShop;
let dashboard: Dashboard;
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
  shop = await openTroubledShop();
  dashboard = await openDashboard(shop);
});
afterAll(async () => {
  await dashboard?.close();
  await shop?.close();
});

it("stands on the cards that it touches, and leads to the Data page, where it is shown", async () => {
  const context = await dashboard.enter();
  const page = await context.newPage();
  const problems = watch(page);
  await page.goto("/sales");
  await settled(page);
  const card = page.locator("section.card").filter({ has: page.getByRole("heading", { name: "Revenue over time" }) });
  const notices = card.getByRole("list", { name: "About the data" });
  expect(String(await notices.textContent()).replaceAll(/\s+/g, " ")).toBe(
    "14 % of “Order Completed” lack order_id. See Data",
  );
  if (pictures) await page.screenshot({ path: join(pictures, "sales-light.png") });
  expect((await namesOfControls(page)).filter((name) => name.startsWith("without a name"))).toEqual([]);

  // With the keyboard, as with a pointer.
  await notices.getByRole("link", { name: "See Data" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/data");
  await settled(page);
  const volume = page.locator("section.card").filter({ has: page.getByRole("heading", { name: "Event volume" }) });
  const fallen = volume.getByRole("row").filter({ hasText: "Start checkout" });
  expect(String(await fallen.textContent()).replaceAll(/\s+/g, " ")).toMatch(/[-\u2212\u2013]80/);
  const against = page
    .locator("section.card")
    .filter({ has: page.getByRole("heading", { name: "Tracking plan violations" }) });
  expect(await against.getByRole("row").filter({ hasText: "order_id" }).count()).toBe(1);
  expect(await page.getByRole("list", { name: "About the data" }).count()).toBe(0);
  if (pictures) await volume.screenshot({ path: join(pictures, "data-light.png") });
  expect(problems).toEqual([]);
  await context.close();
});

it("fits a phone, in the dark too", async () => {
  for (const [width, colorScheme] of [
    [390, "light"],
    [390, "dark"],
    [1440, "dark"],
  ] as const) {
    const context = await dashboard.enter({ width, colorScheme });
    const page = await context.newPage();
    await page.goto("/sales");
    await settled(page);
    const list = page.getByRole("list", { name: "About the data" }).first();
    await list.scrollIntoViewIfNeeded();
    const box = await list.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
    if (pictures) await page.screenshot({ path: join(pictures, `sales-${width}-${colorScheme}.png`) });
    await context.close();
  }
});

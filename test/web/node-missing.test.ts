/** Pages of a warehouse that lies on two nodes, of which one goes and comes back. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seriousFindings } from "../support/accessibility.ts";
import { type Dashboard, openDashboard, settled, watch } from "../support/browser.ts";
import { startCluster, type TestCluster } from "../support/cluster.ts";
import { later } from "../support/compared-rows.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cartwright-node-missing-"));
const pictures = process.env.CARTWRIGHT_PICTURES;

let cluster: TestCluster;
let shop: TestShop;
let dashboard: Dashboard;
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
  cluster = await startCluster(2, 1);
  shop = await openTestShop({ warehouse: { ...cluster.warehouse, unreachable_nodes: "leave_out" } });
  writeFileSync(join(folder, "events.csv"), later);
  await shop.load([join(folder, "events.csv")]);
  dashboard = await openDashboard(shop);
}, 120_000);
afterAll(async () => {
  await dashboard?.close();
  await shop?.close();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("say above their numbers that these lack rows, as long as they do", async () => {
  const period = "from=2025-01-01&to=2025-12-31";
  const context = await dashboard.enter();
  const page = await context.newPage();
  const problems = watch(page);
  const banner = page.getByRole("status").getByRole("list", { name: "About the data" });
  await page.goto(`/funnel?${period}`);
  await settled(page);
  expect(await banner.count()).toBe(0);

  await cluster.nodes[1]?.kill();
  await page.goto(`/sessions?${period}`);
  await settled(page);
  expect(await banner.textContent()).toMatch(/^1 of 2 nodes of the warehouse does not answer/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousFindings(page), colorScheme).toEqual([]);
  }

  const phone = await dashboard.enter({ width: 390, colorScheme: "dark" });
  const small = await phone.newPage();
  await small.goto(`/sessions?${period}`);
  await settled(small);
  const box = await small.getByRole("status").getByRole("list", { name: "About the data" }).boundingBox();
  expect(box && box.height > 0 && box.x >= 0 && box.x + box.width <= 390).toBe(true);
  if (pictures) await small.screenshot({ path: join(pictures, "node-missing-390-dark.png") });
  await phone.close();

  await cluster.nodes[1]?.start();
  await page.reload();
  await settled(page);
  expect(await banner.count()).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});

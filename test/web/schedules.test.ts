/** The Schedules page: the lines to begin with, what runs and when, a run at once with its outcome. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { inScheme, seriousFindings, unreachedControls } from "../support/accessibility.ts";
import { type Dashboard, namesOfControls, openDashboard, watch } from "../support/browser.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const patience = 120_000;
/** The first of the month after the next: no test runs so long. */
const rarely = `0 4 1 ${((new Date(systemClock.now()).getUTCMonth() + 2) % 12) + 1} *`;

describe("the Schedules page", () => {
  let shop: TestShop;
  let dashboard: Dashboard;
  let admin: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
    shop = await openTestShop(
      {
        schedules: {
          tidy: { task: "refresh", cron: rarely, catch_up: "once" },
          "weekly-score": { task: "score", model: "churn", cron: "30 6 * * 1", catch_up: "once" },
        },
      },
      systemClock,
    );
    dashboard = await openDashboard(shop);
    admin = await dashboard.enter();
    page = await admin.newPage();
  }, 240_000);
  afterAll(async () => {
    await dashboard?.close();
    await shop?.close();
  });

  const card = (name: string) =>
    page.locator("section.card").filter({ has: page.getByRole("heading", { name, exact: true }) });

  it(
    "is reached by the navigation and tells what runs, when, and that nothing has yet",
    async () => {
      const problems = watch(page);
      await page.goto("/");
      await page.getByRole("navigation").first().getByRole("link", { name: "Schedules" }).click();
      await page.waitForURL("**/schedules");
      await card("weekly-score").getByText("Score customers · At 06:30, only on Monday (UTC) · 30 6 * * 1").waitFor();
      await page
        .getByText(/^2 schedules work for .*; nothing failed last time; the next is weekly-score, Mon /)
        .waitFor();
      await card("tidy").getByText("not yet").waitFor();
      expect(problems).toEqual([]);
    },
    patience,
  );

  it(
    "runs one at once by the keyboard, and says what came of it, also where it failed",
    async () => {
      await card("tidy").getByRole("button", { name: "Run now: tidy" }).focus();
      await page.keyboard.press("Enter");
      await card("tidy")
        .getByRole("row")
        .filter({ hasText: "everything is up to date again" })
        .waitFor({ timeout: 60_000 });
      await card("tidy").getByRole("row").filter({ hasText: "asked for by owner" }).waitFor();
      await card("weekly-score").getByRole("button", { name: "Run now: weekly-score" }).click();
      await card("weekly-score").getByRole("row").filter({ hasText: "Failed" }).waitFor({ timeout: 60_000 });
      await page.getByText(/; weekly-score failed last time; /).waitFor();
    },
    patience,
  );

  it(
    "can be read and worked by everybody, in both themes, and on a phone",
    async () => {
      expect((await namesOfControls(page)).filter((name) => name.startsWith("without a name"))).toEqual([]);
      expect(await unreachedControls(page)).toEqual([]);
      for (const colorScheme of ["light", "dark"] as const) {
        await inScheme(page, colorScheme);
        expect(await seriousFindings(page), colorScheme).toEqual([]);
      }
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    },
    patience,
  );

  it(
    "shows the lines to begin with where nothing is set, and nothing to viewers",
    async () => {
      const empty = await openTestShop();
      const other = await openDashboard(empty, dashboard.browser);
      try {
        const first = await (await other.enter()).newPage();
        await first.goto("/schedules");
        await first.getByText("Nothing runs by itself yet.").waitFor();
        expect(await first.locator("pre").textContent()).toContain('"task": "backup", "cron": "30 2 * * *"');
        for (const colorScheme of ["light", "dark"] as const) {
          await inScheme(first, colorScheme);
          expect(await seriousFindings(first), colorScheme).toEqual([]);
        }
        await first.setViewportSize({ width: 390, height: 844 });
        expect(await first.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        const viewer = await dashboard.browser.newContext({ baseURL: other.url });
        const theirs = await viewer.newPage();
        await theirs.goto(`/sign-in?token=${other.credentials.createLink({ name: "Bob", role: "viewer" })}`);
        await theirs.goto("/schedules");
        await theirs.getByText("This page is for analysts and admins.").waitFor();
        await viewer.close();
      } finally {
        await other.close();
        await empty.close();
      }
    },
    patience,
  );
});

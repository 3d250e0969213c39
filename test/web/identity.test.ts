/** Who a customer is, on the page Customers: why ids are one person, and a merge taken back. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decide, listEntries } from "../../src/identity/index.ts";
import { bought, identified, say, seen } from "../identity/identity-shop.ts";
import { inScheme, seriousFindings } from "../support/accessibility.ts";
import { type Dashboard, openDashboard, settled, watch } from "../support/browser.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("a customer of several ids, in a browser", () => {
  let shop: TestShop;
  let dashboard: Dashboard;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
    shop = await openTestShop();
    await say(
      shop,
      seen({ anonymousId: "phone" }, "2026-03-01T10:00:00Z"),
      identified("una", "phone", "2026-03-01T10:05:00Z"),
      bought({ userId: "una" }, "A1", "2026-03-01T10:10:00Z", 50),
      bought({ userId: "wanda" }, "A2", "2026-03-02T10:10:00Z"),
    );
    const { warehouse, config } = shop.workspace;
    await decide({ warehouse, config, clock: fixedClock() }, "merge", { first: "una", second: "wanda" }, "ada");
    dashboard = await openDashboard(shop);
    context = await dashboard.enter();
    context.setDefaultTimeout(90_000);
    page = await context.newPage();
    problems = watch(page);
  });
  afterAll(async () => {
    await context?.close();
    await dashboard?.close();
    await shop?.close();
  });

  it("is listed with the reasons, and a merge by hand is taken back there", async () => {
    await page.goto("/customers");
    const card = page.getByRole("region", { name: "Also known as", exact: true });
    await card.waitFor();
    await settled(page);
    for (const text of ["phone", "wanda", "Signed in on a device", "Merged by hand"])
      expect(await card.getByText(text, { exact: true }).count(), text).toBeGreaterThan(0);
    for (const scheme of ["light", "dark"] as const) {
      await inScheme(page, scheme);
      expect(await seriousFindings(page), scheme).toEqual([]);
      const picture = process.env.CARTWRIGHT_PICTURES;
      if (picture) await card.screenshot({ path: join(picture, `identity-${scheme}.png`) });
    }
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1440, height: 1000 });
    await card.getByRole("button", { name: "Undo entry 1" }).focus();
    await page.keyboard.press("Enter");
    await card.getByText("Merged by hand").waitFor({ state: "detached" });
    expect((await listEntries(shop.workspace.warehouse)).map((entry) => entry.action)).toEqual(["merge", "undo"]);
    await card.getByText("una is phone too").waitFor();
    expect(problems).toEqual([]);
  });

  it("is asked for by any id over HTTP, changed by admins alone, each change in the audit log", async () => {
    const call = async (role: "viewer" | "analyst" | "admin", path: string, body?: object) => {
      const { secret } = dashboard.credentials.createToken({ name: role, role });
      const answer = await fetch(`${dashboard.url}/api/v1${path}`, {
        method: body ? "POST" : "GET",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, answer: (await answer.json()) as Record<string, unknown> };
    };
    const { answer: person } = await call("analyst", "/identity/person?id=phone");
    expect([person.person_id, person.ids]).toEqual(["una", ["una", "phone"]]);
    expect((await call("viewer", "/identity/person?id=phone")).status).toBe(403);
    expect((await call("analyst", "/identity/merge", { first: "una", second: "wanda" })).status).toBe(403);
    const merged = await call("admin", "/identity/merge", { first: "una", second: "wanda", note: "she called" });
    expect(merged.answer).toMatchObject({ entry: 3, action: "merge", actor: "admin", note: "she called" });
    expect((await call("admin", "/identity/entries/3/undo", {})).answer).toMatchObject({ undone_entry: 3 });
    expect((await call("admin", "/identity/entries/3/undo", {})).status).toBe(404);
    expect((await call("admin", "/identity/person?id=nobody")).status).toBe(404);
    // The customer's own numbers by an id that is another one's now.
    const story = await call("viewer", "/analyses/customer-360?customer_id=phone");
    expect((story.answer.rows as { customer_id: string }[]).map((row) => row.customer_id)).toContain("una");
    const audit = await call("admin", "/audit?what=customers");
    expect(JSON.stringify(audit.answer)).toContain("merge-customers");
    expect(JSON.stringify(audit.answer)).not.toContain("wanda");
  });
});

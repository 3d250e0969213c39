/** An admin invites somebody on the People page; that person signs in, and is shut out again. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inScheme, seriousFindings, unreachedControls } from "../support/accessibility.ts";
import { type Dashboard, namesOfControls, openDashboard, watch } from "../support/browser.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const password = "slow green tractors sing";
const patience = 120_000;

describe("the People page", () => {
  let shop: TestShop;
  let dashboard: Dashboard;
  let admin: BrowserContext;
  let person: BrowserContext;
  let people: Page;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
    shop = await openTestShop();
    dashboard = await openDashboard(shop);
    admin = await dashboard.enter();
    person = await dashboard.browser.newContext({ baseURL: dashboard.url, locale: "en-GB" });
    people = await admin.newPage();
  }, 240_000);
  afterAll(async () => {
    await dashboard?.close();
    await shop?.close();
  });

  const card = (name: string) =>
    people.locator("section.card").filter({ has: people.getByRole("heading", { name, exact: true }) });
  const rowOf = (name: string, of: string) => card(of).getByRole("row").filter({ hasText: name }).first();

  it(
    "shows a link once, with which the person chooses a password and is signed in",
    async () => {
      const problems = watch(people);
      await people.goto("/people");
      await people.getByText("No users yet.").waitFor();
      await card("Users").getByLabel("Name").fill("Ada Lovelace");
      await card("Users").getByLabel("E-mail address").fill("ada@example.com");
      await people.getByRole("button", { name: "Invite" }).click();
      await rowOf("ada@example.com", "Users").getByText("Invited").waitFor();
      const link = await people.getByLabel("Link", { exact: true }).inputValue();
      expect(link.startsWith(`${dashboard.url}/password?token=`)).toBe(true);

      const page = await person.newPage();
      const visitorProblems = watch(page);
      await page.goto(link);
      await page.getByRole("heading", { name: "Choose a password, Ada Lovelace." }).waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await seriousFindings(page), colorScheme).toEqual([]);
      }
      await page.getByLabel("New password", { exact: true }).fill(password);
      await page.getByLabel("New password once more").fill(password);
      await page.getByRole("button", { name: "Save and sign in" }).click();
      await page.getByRole("button", { name: "Signed in as Ada Lovelace" }).waitFor();
      expect(await page.getByRole("navigation").first().getByRole("link", { name: "People" }).count()).toBe(0);
      await page.goto("/people");
      await page.getByText("This page is for admins.").waitFor();
      expect([...problems, ...visitorProblems]).toEqual([]);
      await page.close();
    },
    patience,
  );

  it(
    "signs in by password without scripts, and leads back to the page that was asked for",
    async () => {
      const plain = await dashboard.browser.newContext({ baseURL: dashboard.url, javaScriptEnabled: false });
      const page = await plain.newPage();
      await page.goto("/sales?period=7d");
      await page.getByLabel("E-mail address").fill("ada@example.com");
      await page.getByLabel("Password").fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").waitFor();
      expect(await page.getByLabel("E-mail address").inputValue()).toBe("ada@example.com");
      await page.getByLabel("Password").fill(password);
      const arrived = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/sales" && answer.ok());
      await page.getByRole("button", { name: "Sign in" }).click();
      await arrived;
      expect(new URL(page.url()).search).toBe("?period=7d");
      await plain.close();
    },
    patience,
  );

  it(
    "lists sessions and ends them, changes a role, makes a token and shows who did what",
    async () => {
      await people.reload();
      await rowOf("Ada Lovelace", "Sessions").getByText("with a password").waitFor();
      expect(await card("Sessions").getByText("(this one)").count()).toBe(1);
      const own = await person.newPage();
      await own.goto("/");
      await own.getByRole("button", { name: "Signed in as Ada Lovelace" }).waitFor();
      await people.getByRole("button", { name: "Sign out Ada Lovelace everywhere" }).first().click();
      await expect.poll(() => card("Sessions").getByText("with a password").count()).toBe(0);
      await own.goto("/customers");
      await own.getByLabel("E-mail address").fill("ada@example.com");
      await own.getByLabel("Password").fill(password);
      await own.getByRole("button", { name: "Sign in" }).click();
      await own.waitForURL("**/customers");

      await people.getByRole("combobox", { name: "Role of Ada Lovelace" }).click();
      await people.getByRole("option", { name: "Analyst" }).click();
      await expect
        .poll(() => people.getByRole("combobox", { name: "Role of Ada Lovelace" }).inputValue())
        .toBe("Analyst");
      await expect.poll(async () => (await person.request.get("/api/v1/session")).status()).toBe(401);

      await card("Tokens").getByLabel("What it is for").fill("night job");
      await people.getByRole("button", { name: "Make token" }).click();
      expect(await people.getByLabel("Token", { exact: true }).inputValue()).toMatch(/^cw_[\w-]{43}$/);
      await people.getByRole("button", { name: "Revoke night job" }).click();
      await expect.poll(() => people.getByRole("button", { name: "Revoke night job" }).count()).toBe(0);

      await people.getByRole("button", { name: "Disable Ada Lovelace" }).click();
      await people.getByRole("button", { name: "Enable Ada Lovelace" }).waitFor();

      await card("Audit log").getByLabel("What").fill("user");
      const what = () => card("Audit log").locator("td code").allTextContents();
      await expect.poll(what, { timeout: 20_000 }).toEqual(["change-user", "change-user", "invite-user"]);
      await card("Audit log").getByLabel("What").fill("");
      await card("Audit log").getByLabel("Who").fill("ada lovelace");
      await expect
        .poll(async () => (await what()).every((one) => /^(sign-in|password)$/.test(one)), { timeout: 20_000 })
        .toBe(true);
      expect(await card("Audit log").textContent()).not.toContain("ada@example.com");
      await card("Audit log").getByLabel("Who").fill("");
    },
    patience,
  );

  it(
    "can be read and worked by everybody, in both themes, and on a phone",
    async () => {
      await people.reload();
      await people.getByRole("button", { name: "Enable Ada Lovelace" }).waitFor();
      await card("Audit log").locator("td code").first().waitFor();
      expect((await namesOfControls(people)).filter((name) => name.startsWith("without a name"))).toEqual([]);
      expect(await unreachedControls(people)).toEqual([]);
      for (const colorScheme of ["light", "dark"] as const) {
        await inScheme(people, colorScheme);
        expect(await seriousFindings(people), colorScheme).toEqual([]);
      }
      await people.setViewportSize({ width: 390, height: 844 });
      expect(await people.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    },
    patience,
  );

  it(
    "signs out on the server by the menu of the person",
    async () => {
      const context = await dashboard.browser.newContext({ baseURL: dashboard.url });
      const page = await context.newPage();
      await page.goto(dashboard.signInLink());
      const cookies = await context.cookies();
      await page.getByRole("button", { name: "Signed in as owner" }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Sign in to see this shop." }).waitFor();
      await context.addCookies(cookies);
      expect((await context.request.get("/api/v1/session")).status()).toBe(401);
      await context.close();
    },
    patience,
  );
});

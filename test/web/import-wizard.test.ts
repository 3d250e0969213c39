/** A shopkeeper brings a file: dropped in, looked at, a value put right, loaded, found in the numbers, taken back. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { verify } from "../../src/warehouse/verify.ts";
import { inScheme, seriousFindings, unreachedControls } from "../support/accessibility.ts";
import { type Dashboard, openDashboard, settled, watch } from "../support/browser.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const build = fileURLToPath(new URL("../../scripts/build.mjs", import.meta.url));
const pictures = process.env.CARTWRIGHT_PICTURES ?? "";

const orders = `order_id;ordered_at;customer_id;product_id;product_name;quantity;unit_price
1001;24/12/2025 10:15;ada;kettle;Kettle;1;39,90
1002;24/12/2025 11:00;ben;mug;Mug;2;7,5O
1003;25/12/2025 09:30;cleo;mug;Mug;1;7,50
1004;31/02/2026 12:00;ada;mug;Mug;1;7,50
`;
const unknown = `Invoice No,Order Date,Customer,SKU,Qty,Each,Memo
1,2025-05-01,ada,mug,2,7.50,first
2,2025-05-02,ben,mug,1,8.50,second
`;
describe("the import wizard", () => {
  let shop: TestShop;
  let dashboard: Dashboard;
  let context: BrowserContext;

  beforeAll(async () => {
    execFileSync(process.execPath, [build], { stdio: "ignore" });
    shop = await openTestShop({ name: "Wizard shop" });
    dashboard = await openDashboard(shop);
    context = await dashboard.enter();
    context.setDefaultTimeout(45_000);
    if (pictures !== "") mkdirSync(pictures, { recursive: true });
  }, 300_000);
  afterEach(async () => {
    for (const page of context.pages()) await page.close();
  });
  afterAll(async () => {
    await dashboard?.close();
    await shop?.close();
  }, 120_000);

  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures !== "") await page.screenshot({ path: join(pictures, `import-${name}.png`) });
  };
  const wizard = (page: Page): Locator => page.getByRole("dialog", { name: /^Import/ });
  async function open(from: BrowserContext = context): Promise<Page> {
    const page = await from.newPage();
    await page.goto("/data#import");
    await wizard(page).getByRole("button", { name: "Choose a file" }).waitFor();
    return page;
  }
  const choose = async (page: Page, name: string, text: string): Promise<void> =>
    await wizard(page)
      .locator("input[type=file]")
      .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  const figure = async (page: Page, label: string): Promise<string | null> =>
    await wizard(page).locator(".tile").filter({ hasText: label }).locator(".tile-figure").textContent();

  it("takes a dropped file from the empty shop to the numbers, and back by undo", async () => {
    const page = await context.newPage();
    const problems = watch(page);
    await page.goto("/");
    await settled(page);
    await page.getByRole("link", { name: "Import files" }).first().click();
    await wizard(page).getByText("Drop a file here").waitFor();
    await picture(page, "choose");
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "orders.csv", { type: "text/csv" }));
      return transfer;
    }, orders);
    await wizard(page).locator(".import-drop").dispatchEvent("drop", { dataTransfer: dropped });

    await wizard(page).getByText("“;” parts the header into 7 columns.").waitFor();
    await wizard(page).getByText("Dates such as 24/12/2025 10:15 begin with the day.").waitFor();
    expect([await figure(page, "Rows read"), await figure(page, "To load"), await figure(page, "Refused")]).toEqual([
      "4",
      "2",
      "2",
    ]);
    await picture(page, "check");
    const price = wizard(page).getByRole("textbox", { name: "Line 3, unit_price" });
    expect(await price.inputValue()).toBe("7,5O");
    await price.fill("7,50");
    await price.press("Enter");
    await wizard(page).getByText("corrected, loads").waitFor();
    expect(await figure(page, "To load")).toBe("3");
    await wizard(page).getByRole("button", { name: "Load 3 rows" }).click();

    await wizard(page).getByText("3 rows of orders.csv are loaded; 1 row refused.").waitFor();
    await picture(page, "result");
    expect(await shop.query("kpi-summary")).toMatchObject([{ order_count: 3, net_revenue_minor: 6240 }]);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
    await page.reload();
    await wizard(page).getByText("3 rows of orders.csv are loaded").waitFor();
    await wizard(page).getByRole("button", { name: "Undo this import" }).click();
    await wizard(page).getByText("3 rows of batch 1 go").waitFor();
    await wizard(page).getByRole("button", { name: "Take it back" }).click();
    await wizard(page).getByText("The import of orders.csv is undone").waitFor();
    expect(await shop.sql("select count() as n from fct_orders")).toEqual([{ n: "0" }]);
    await wizard(page).getByRole("button", { name: "Close", exact: true }).last().click();
    await wizard(page).waitFor({ state: "hidden" });
    expect(problems).toEqual([]);
  }, 300_000);

  it("matches the columns of an unknown file by keyboard, and takes a line of the list back", async () => {
    const page = await open();
    await choose(page, "sales.csv", unknown);
    await wizard(page).getByText("The file's columns were not recognised").waitFor();
    expect(await wizard(page).getByRole("combobox", { name: "Column for order_id" }).inputValue()).toBe("Invoice No");
    await picture(page, "mapping");
    const price = wizard(page).getByRole("combobox", { name: "Column for unit_price" });
    await price.focus();
    await price.pressSequentially("Each");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await wizard(page).getByRole("button", { name: "Look again" }).press("Enter");
    await wizard(page).getByText("No field takes Memo; they are not kept.").waitFor();
    await wizard(page).getByRole("button", { name: "Load 2 rows" }).press("Enter");
    await wizard(page).getByText("2 rows of sales.csv are loaded.").waitFor();
    await wizard(page).getByRole("button", { name: "Close", exact: true }).last().press("Enter");
    await settled(page);
    await picture(page, "list");
    await page.getByRole("button", { name: /^Undo the import of sales.csv/ }).click();
    const asked = page.getByRole("dialog", { name: "Undo the import of sales.csv?" });
    await asked.getByRole("button", { name: "Keep it" }).click();
    await asked.waitFor({ state: "hidden" });
    expect(await shop.sql("select count() as n from fct_orders")).toEqual([{ n: "2" }]);
    await page.getByRole("button", { name: /^Undo the import of sales.csv/ }).click();
    await asked.getByRole("button", { name: "Take it back" }).click();
    await asked.waitFor({ state: "hidden" });
    expect(await shop.sql("select count() as n from fct_orders")).toEqual([{ n: "0" }]);
  }, 300_000);

  it("goes on while its page is loaded again, and can be cancelled there", async () => {
    const page = await open();
    await choose(page, "orders.csv", orders);
    // The load has to wait, so that it is under way however fast the machine is.
    let release = (): void => {};
    const held = shop.workspace.exclusively(
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    await wizard(page).getByRole("button", { name: "Load 2 rows" }).click();
    await wizard(page).getByText("Waiting for other work on the shop's data").waitFor();
    await page.reload();
    await wizard(page).getByText("Waiting for other work on the shop's data").waitFor();
    await Promise.all([
      page.waitForResponse((answer) => answer.url().endsWith("/cancel")),
      wizard(page).getByRole("button", { name: "Cancel" }).click(),
    ]);
    release();
    await held;
    await wizard(page).getByText("Cancelled", { exact: true }).waitFor();
    expect(await shop.sql("select count() as n from stg_order_lines")).toEqual([{ n: "0" }]);
    await wizard(page).getByRole("button", { name: "Give up" }).click();
    await wizard(page).getByRole("button", { name: "Choose a file" }).waitFor();
    await choose(page, "picture.png", `\x89PNG\r\n\x1a\n${"\0\x01\x02\x03".repeat(500)}`);
    await wizard(page).getByText("The file is of no type that can be imported").waitFor();
    await picture(page, "refused");
  }, 300_000);

  it("shows the file that was sent when an older answer comes after it", async () => {
    const page = await open();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isAnswered = (_: boolean): void => {};
    const answered = new Promise<boolean>((resolve) => {
      isAnswered = resolve;
    });
    await page.route(
      "**/imports/current",
      async (route) => {
        const answer = await route.fetch();
        await held;
        await route.fulfill({ response: answer }).catch(() => {});
        isAnswered(true);
      },
      { times: 1 },
    );
    const isAsked = page.waitForRequest("**/imports/current");
    await wizard(page).getByRole("button", { name: "Close", exact: true }).first().click();
    await page.getByRole("button", { name: "Import files" }).click();
    await isAsked;
    await choose(page, "orders.csv", orders);
    await wizard(page).getByText("“;” parts the header into 7 columns.").waitFor();
    release();
    await answered;
    await page.waitForTimeout(500);
    expect(await wizard(page).getByRole("button", { name: "Load 2 rows" }).isVisible()).toBe(true);
    await wizard(page).getByRole("button", { name: "Give up" }).click();
    await wizard(page).getByRole("button", { name: "Choose a file" }).waitFor();
  }, 300_000);

  it.each([390, 1440])(
    "is readable in both themes and reached by keyboard at %i px",
    async (width) => {
      const visitor = await dashboard.enter({ width });
      visitor.setDefaultTimeout(45_000);
      const page = await open(visitor);
      const check = async (name: string): Promise<void> => {
        for (const colorScheme of ["light", "dark"] as const) {
          await inScheme(page, colorScheme);
          await picture(page, `${name}-${width}-${colorScheme}`);
          expect(await seriousFindings(page), `${name} ${colorScheme}`).toEqual([]);
        }
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(Number(room));
      };
      await check("choose");
      await choose(page, "orders.csv", orders);
      await wizard(page).getByRole("button", { name: "Load 2 rows" }).waitFor();
      await check("check");
      await wizard(page).getByRole("button", { name: "Change how it is read" }).click();
      await wizard(page).getByRole("combobox", { name: "Column for order_id" }).waitFor();
      await check("change");
      if (width === 1440) {
        // The dialog keeps the keyboard: what stands behind it is not reached.
        const unreached = await unreachedControls(page);
        const inside = await wizard(page).innerHTML();
        expect(unreached.filter((control) => inside.includes(control))).toEqual([]);
      }
      await wizard(page).getByRole("button", { name: "Give up" }).click();
      await wizard(page).getByRole("button", { name: "Choose a file" }).waitFor();
      await visitor.close();
    },
    200_000,
  );
});

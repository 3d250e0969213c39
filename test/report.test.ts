/** The report says what the corner shop's figures say, and opens where there is no network. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { launchBrowser } from "../scripts/browser.mjs";
import { makeReport } from "../src/report/make-report.ts";
import { grainOf } from "../src/report/sections/trend.ts";
import { barsSvg, overTimeSvg } from "../src/report/svg.ts";
import { createWords } from "../src/report/words.ts";
import { readExtent } from "../src/warehouse/extent.ts";
import { describeCornerShop } from "./support/corner-shop.ts";

const shopName = 'Ada & "Ben" <script>alert(1)</script>';
const spaces = /\u00a0/g;

describeCornerShop("report", (_query, shop) => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-report-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = async (given: Record<string, unknown>): Promise<string> => {
    const { warehouse, config } = shop().workspace;
    const context = { warehouse, extent: await readExtent(warehouse), timeZone: config.time_zone };
    return await makeReport(context, { shop: shopName, currency: "GBP", decimals: 2, version: "0", given });
  };
  const sentences = (html: string): string[] =>
    [...html.matchAll(/<p class="sentence">([^<]*)</g)].map((match) => (match[1] ?? "").replace(spaces, " "));

  it("tells the figures computed by hand, and opens offline in one piece in either theme", async () => {
    const html = await write({ period_start: "2025-01-01", period_end: "2025-05-02" });
    expect(sentences(html).slice(0, 4)).toEqual([
      "Net revenue was £599 from 1 Jan 2025 to 1 May 2025: 21 orders of 10 known customers; an average order brought £28.52.",
      // January 179, February 70, March 225, April 125
      "Apr 2025, the last whole month, brought £125, −44.4 % against Mar 2025; the best was Mar 2025 with £225. The mean of the last three months is £140.",
      // In the app 9 + 30 + 30 + 5 and 20 that came back; 10 without a channel
      "web brings most: £515 (86.0 %) of £599 over 3 channels.",
      // 9 kettles at 18 and 4 toasters at 12
      "kitchen earns most after the cost of its goods: £210, a margin of 60.0 % on £350.",
    ]);
    expect(sentences(html)).toContain(
      "Of 10 customers with an order, Regular bring most: 5 people (50.0 %), £305 or 52.2 % of the revenue.",
    );
    expect(sentences(html)).toContain(
      "Platinum, 3 customers from £100 on, bring 68.5 % of the revenue of known customers.",
    );
    // C01 of four in February, C05 of two in March, C08 of three in April
    expect(sentences(html)).toContain(
      "Of 9 customers whose next month is over, 33.3 % ordered again in the month after their first order.",
    );
    expect(html).not.toContain("<script");
    expect(html).not.toMatch(/(src|href)="(?!#)/);
    expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);

    const path = join(folder, "report.html");
    writeFileSync(path, html);
    const browser = await launchBrowser();
    try {
      for (const [width, colorScheme] of [
        [1440, "light"],
        [390, "dark"],
      ] as const) {
        const context = await browser.newContext({ offline: true, colorScheme, viewport: { width, height: 900 } });
        const page = await context.newPage();
        const asked: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        page.on("console", (message) => asked.push(message.text()));
        await page.goto(pathToFileURL(path).href);
        expect(asked).toEqual([pathToFileURL(path).href]);
        expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(shopName);
        expect(await page.locator("svg[role=img]").count()).toBeGreaterThan(5);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await page.locator("svg rect").first().boundingBox()).not.toBeNull();
        await context.close();
      }
    } finally {
      await browser.close();
    }
  });

  it("says so in every section where there is nothing to tell", async () => {
    const html = await write({ period_start: "2020-01-01", period_end: "2020-02-01" });
    expect(sentences(html)).toEqual([
      "No orders were placed in these days.",
      "Nothing was sold in these days.",
      "No order names a channel in these days.",
      "Nothing was sold in these days.",
      "Under twelve months of orders no season can be told.",
      "No known customer ordered in these days.",
      "No known customer ordered in these days.",
      "No cohort has had a whole month yet.",
      "No known customer ordered in these days.",
      "No two products are bought together often enough to tell.",
    ]);
    expect(html).not.toContain("NaN");
  });

  it("is narrowed like an analysis, and says to what", async () => {
    const html = await write({ country: "France" });
    expect(sentences(html)[0]).toContain("4 orders of 2 known customers");
    expect(html).toContain("Only country France");
    await expect(write({ segment: "unheard-of" })).rejects.toThrow('there is no segment "unheard-of"');
  });
});

it("grains follow the length of the period", () => {
  expect(grainOf("2025-01-01", "2025-01-28")).toBe("day");
  expect(grainOf("2025-01-01", "2025-01-29")).toBe("week");
  expect(grainOf("2025-01-01", "2025-05-01")).toBe("month");
});

it("amounts keep the minor digits of their currency", () => {
  const yen = createWords("JPY", 0);
  expect(yen.money(1234)).toBe("JP¥1,234");
  expect(createWords("KWD", 3).money(1234).replace(spaces, " ")).toBe("KWD 1.234");
  expect(createWords("GBP", 2).money(-1234)).toBe("-£12.34");
});

it("bars start at a common zero, to the left of it where they are negative", () => {
  const svg = barsSvg(
    [
      { label: "up", value: 300, text: "3" },
      { label: "down", value: -100, text: "-1" },
    ],
    "label",
  );
  const bars = [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map((match) => [
    Number(match[1]),
    Number(match[2]),
  ]);
  // The room is 370 wide: a quarter left of zero, three quarters right of it.
  expect(bars).toEqual([
    [292.5, 277.5],
    [200, 92.5],
  ]);
});

it("a line is broken where its value is unknown", () => {
  const points = ["a", "b", "c"].map((label) => ({ label, value: null }));
  const line = { name: "one", className: "line" as const, values: [1, null, 2] };
  const svg = overTimeSvg(points, [line], { label: "label", write: String });
  expect(/<path d="([^"]*)"/.exec(svg)?.[1]?.match(/[ML]/g)).toEqual(["M", "M"]);
  expect(svg).not.toContain("NaN");
});

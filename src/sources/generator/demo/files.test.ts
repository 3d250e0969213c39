import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterEach, describe, expect, it } from "vitest";
import { DEMO_TABLES, decimal, demoCsv } from "./csv.ts";
import { writeDemoFiles } from "./files.ts";
import { createDemoShop, type DemoShop } from "./shop.ts";

const SMALL = { seed: 8, customers: 300, orders: 150, products: 40, days: 90 };

function digest(shop: DemoShop): string {
  const hash = createHash("sha256");
  for (const table of DEMO_TABLES) for (const chunk of demoCsv(shop, table)) hash.update(chunk);
  return hash.update(JSON.stringify(shop.truth)).digest("hex");
}

const zone = process.env.TZ;

afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe("a demo shop is a function of its options", () => {
  it("has the bytes it had when this test was written", () => {
    expect(digest(createDemoShop(SMALL))).toBe("71feb7af94b99fa08322c9ed6f64ec639dfddd2a21d9c58af0f45187c1e7bd9c");
  });

  it("has the same bytes in any time zone", () => {
    process.env.TZ = "Pacific/Auckland";
    const far = digest(createDemoShop(SMALL));
    const offset = new Date(0).getTimezoneOffset();
    process.env.TZ = "America/Los_Angeles";
    expect(new Date(0).getTimezoneOffset()).not.toBe(offset);
    expect(digest(createDemoShop(SMALL))).toBe(far);
  });

  it("gives the same events each time they are read, and others for another seed", () => {
    const shop = createDemoShop(SMALL);
    expect([...shop.events()]).toEqual([...shop.events()]);
    expect(digest(createDemoShop({ ...SMALL, seed: 9 }))).not.toBe(digest(shop));
  });

  it("can be as small as its limits allow", () => {
    const shop = createDemoShop({ customers: 10, products: 8, days: 30, orders: 10 });
    expect(shop.products).toHaveLength(8);
    expect([...shop.events()].length).toBeGreaterThan(10);
  });

  it("refuses values out of their limits by name", () => {
    expect(() => createDemoShop({ customers: 9 })).toThrow("customers must be an integer from 10 to 200000, got 9");
    expect(() => createDemoShop({ firstDay: "soon" })).toThrow("firstDay must be a day as YYYY-MM-DD, got soon");
  });
});

describe("files of a demo shop", () => {
  it("hold the shop, to the cent, in the documented columns", async () => {
    const dir = await mkdtemp(join(tmpdir(), "demo-shop-"));
    try {
      const shop = createDemoShop(SMALL);
      const files = await writeDemoFiles(shop, dir);
      expect(files.map(({ path }) => basename(path))).toEqual([
        "customers.csv",
        "products.csv",
        "orders.csv",
        "events.csv",
        "reviews.csv",
        "truth.json",
      ]);
      const read = async (name: string) => await readFile(join(dir, name), "utf8");
      for (const { path, rows, bytes } of files.slice(0, 5)) {
        const text = await readFile(path, "utf8");
        expect(parse(text, { columns: true })).toHaveLength(rows);
        expect(Buffer.byteLength(text)).toBe(bytes);
      }
      expect((await read("events.csv")).split("\n")[0]).toBe(
        "event_id,event_at,event_type,customer_id,session_id,product_id,price,quantity,order_id,channel,properties",
      );
      const orders: readonly Readonly<Record<string, string>>[] = parse(await read("orders.csv"), { columns: true });
      const sum = (column: string) => orders.reduce((total, row) => total + Math.round(100 * Number(row[column])), 0);
      expect(sum("tax")).toBe(shop.orders.reduce((total, { tax_minor }) => total + tax_minor, 0));
      expect(sum("shipping")).toBe(shop.orders.reduce((total, { shipping_minor }) => total + shipping_minor, 0));
      const discounts = shop.orders.flatMap(({ lines }) => lines.map(({ discount_minor }) => discount_minor));
      expect(sum("discount")).toBe(discounts.reduce((total, minor) => total + minor, 0));
      const events: readonly Readonly<Record<string, string>>[] = parse(await read("events.csv"), { columns: true });
      const searches = events.filter(({ event_type }) => event_type === "search");
      expect(searches.length).toBeGreaterThan(10);
      for (const { properties } of searches) expect(typeof JSON.parse(properties ?? "").query).toBe("string");
      expect(JSON.parse(await read("truth.json"))).toEqual(JSON.parse(JSON.stringify(shop.truth)));
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it.each([
    [0, "0.00"],
    [5, "0.05"],
    [-1234, "-12.34"],
    [100_000, "1000.00"],
  ])("writes %d hundredths as %s", (minor, text) => {
    expect(decimal(minor)).toBe(text);
  });
});

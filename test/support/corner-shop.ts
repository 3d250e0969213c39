/** The corner shop: a shop small enough to compute every analysis by hand. See test/fixtures/corner-shop/README.md. */
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe } from "vitest";
import { openShopIn, openTestShop, type TestShop } from "./shop.ts";
import { copyTemplate } from "./templates.ts";

const files = ["customers", "products", "orders", "events"].map((name) =>
  fileURLToPath(new URL(`../fixtures/corner-shop/${name}.csv`, import.meta.url)),
);

async function makeCornerShop(folder: string): Promise<void> {
  const shop = await openTestShop({ currency: "GBP", time_zone: "Europe/London" });
  await shop.load(files);
  await shop.workspace.close();
  cpSync(shop.folder, folder, { recursive: true });
  await shop.close();
}

/** A suite on the corner shop (amounts in GBP, days of London), loaded once and closed afterwards. */
export function describeCornerShop(name: string, body: (query: TestShop["query"], shop: () => TestShop) => void): void {
  describe(`${name} of the corner shop`, () => {
    let shop: TestShop;
    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), "cartwright-test-"));
      await copyTemplate("corner-shop", folder, makeCornerShop);
      shop = await openShopIn(folder);
    });
    afterAll(async () => await shop.close());
    body(
      (analysis, given) => shop.query(analysis, given),
      () => shop,
    );
  });
}

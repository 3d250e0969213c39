/** The corner shop: a shop small enough to compute every analysis by hand. See test/fixtures/corner-shop/README.md. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe } from "vitest";
import { openTestShop, type TestShop } from "./shop.ts";

const files = ["customers", "products", "orders", "events"].map((name) =>
  fileURLToPath(new URL(`../fixtures/corner-shop/${name}.csv`, import.meta.url)),
);

/** A suite on the corner shop (amounts in GBP, days of London), loaded once and closed afterwards. */
export function describeCornerShop(name: string, body: (query: TestShop["query"], shop: () => TestShop) => void): void {
  describe(`${name} of the corner shop`, () => {
    let shop: TestShop;
    beforeAll(async () => {
      shop = await openTestShop({ currency: "GBP", time_zone: "Europe/London" });
      await shop.load(files);
    });
    afterAll(async () => await shop.close());
    body(
      (analysis, given) => shop.query(analysis, given),
      () => shop,
    );
  });
}

/** Propensity finds what was planted in the demo shop, and comes near what its truth allows. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readShoppers } from "../../src/ml/propensity/read-shoppers.ts";
import { trainPropensity } from "../../src/ml/propensity/train.ts";
import type { ModelRun } from "../../src/ml/runs/model-run.ts";
import { expectedOrders, shoppersOf } from "../../src/sources/generator/demo/expected-orders.ts";
import { dayText, demoShape } from "../../src/sources/generator/demo/options.ts";
import { createDemoShop, writeDemoFiles } from "../../src/sources/generator/index.ts";
import { areaUnderRoc } from "../../src/stats/ranking-quality.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";

const horizonDays = 30;

describe("propensity in the demo shop", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-drivers-"));
  const shape = demoShape({});
  const shoppers = shoppersOf({});
  let shop: TestShop;
  let run: ModelRun | null;
  let best: number | null;

  beforeAll(async () => {
    await writeDemoFiles(createDemoShop(), folder);
    shop = await openTestShop();
    const names = ["customers", "products", "orders", "events"];
    await shop.load(names.map((name) => join(folder, `${name}.csv`)));
    const { warehouse } = shop.workspace;
    const cutoff = dayText(shape, shape.days);
    const context = { warehouse, clock: fixedClock(), version: "test", seed: 1, cutoff, onProgress: () => {} };
    run = await trainPropensity(context, "propensity", horizonDays);
    const people = await readShoppers(warehouse, dayText(shape, shape.days - horizonDays), horizonDays);
    const ids = await warehouse.query("select toString(customer_key) as key, customer_id as id from dim_customer");
    const idOf = new Map(ids.map(({ key, id }) => [String(key), String(id)]));
    const truth = expectedOrders({}, horizonDays);
    best = areaUnderRoc(
      people.map(({ customerKey }) => truth.get(idOf.get(customerKey) ?? "") ?? 0),
      people.map(({ isOrdering }) => (isOrdering ? 1 : 0)),
    );
  }, 120_000);
  afterAll(async () => {
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("orders people better than its baselines, and no better than the truth can", () => {
    const figures = { model: run?.metrics.auc, ...run?.baseline, truth: best };
    console.info(`propensity, area under the curve: ${JSON.stringify(figures)}`);
    const auc = Number(run?.metrics.auc);
    expect(auc).toBeGreaterThan(Number(run?.baseline.auc));
    expect(auc).toBeGreaterThan(Number(run?.baseline.rfm_auc));
    expect(auc).toBeLessThan(Number(best));
  });

  it("can be taken at its word: calibration error under two points", () => {
    expect(run?.metrics.calibration_error_rate).toBeLessThan(0.02);
  });

  it("rates higher whom the planted drivers make order, and lower whom they keep from it", async () => {
    const rows = await shop.query("propensity");
    const rateOf = new Map(rows.map((row) => [String(row.customer_id), Number(row.propensity_rate)]));
    const mean = (isIn: (one: (typeof shoppers)[number]) => boolean): number => {
      const rates = shoppers.filter(isIn).flatMap(({ customer }) => rateOf.get(customer.customer_id) ?? []);
      return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    };
    const stays = ({ churnedDay }: (typeof shoppers)[number]): boolean => churnedDay === null;
    const segment = (name: string) => mean((one) => stays(one) && one.customer.segment === name);
    expect(segment("vip")).toBeGreaterThan(1.5 * segment("regular"));
    expect(segment("regular")).toBeGreaterThan(segment("bargain_hunter"));
    expect(segment("bargain_hunter")).toBeGreaterThan(segment("occasional"));
    expect(mean((one) => stays(one) && one.preferredChannel === "email")).toBeGreaterThan(
      mean((one) => stays(one) && one.preferredChannel !== "email"),
    );
    expect(mean((one) => stays(one) && one.visitRate > 1)).toBeGreaterThan(
      mean((one) => stays(one) && one.visitRate < 1),
    );
    expect(mean(stays)).toBeGreaterThan(mean((one) => !stays(one)));
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAnalysis } from "../../src/analyses/index.ts";
import { type ResultRow, runAnalysis } from "../../src/analyses/run.ts";
import { deliver, takeStoreTotals } from "../../src/delivery/index.ts";
import { majorText, writeDelivery } from "../../src/delivery/write-delivery.ts";
import { importFiles } from "../../src/ingestion/import.ts";
import { openStore, type StoreConnection } from "../../src/store/connection.ts";
import { migrateStore } from "../../src/store/migrate.ts";
import { readExtent } from "../../src/warehouse/extent.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { createWorkspace, Workspace } from "../../src/workspace.ts";
import { address, openShop, type Shop } from "./shops.ts";

describe("deliveries from the store to the warehouse", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-delivery-"));
  let workspace: Workspace;
  let connection: StoreConnection;
  let shop: Shop;
  let keys = 0;
  beforeAll(async () => {
    createWorkspace(folder, { currency: "GBP", time_zone: "Europe/London" });
    workspace = await Workspace.open(folder, { now: () => Date.parse("2026-06-01T12:00:00Z") }, "test");
    connection = await openStore({ folder: null });
    await migrateStore(connection);
    shop = await openShop(connection);
  }, 60_000);
  afterAll(async () => {
    await connection?.close();
    await workspace?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function buy(lines: readonly (readonly [number, number])[], coupon: string | null = null) {
    const cartId = await shop.store.openCart(shop.customer, null);
    for (const [article, quantity] of lines) await shop.store.addToCart(cartId, article, quantity);
    keys += 1;
    const checkout = { cartId, customerId: shop.customer, key: `delivery-${keys}`, address, coupon };
    const placed = await shop.store.processCheckout(checkout);
    await shop.store.settlePayment(placed.paymentId, "succeeded");
    return placed.orderId;
  }

  async function ask(name: string, given: Record<string, unknown> = {}): Promise<readonly ResultRow[]> {
    const analysis = findAnalysis(name);
    if (!analysis) throw new Error(`no analysis ${name}`);
    const { warehouse, config } = workspace;
    const context = { warehouse, extent: await readExtent(warehouse), timeZone: config.time_zone };
    return (await runAnalysis(context, analysis, given)).rows;
  }

  async function differences(): Promise<readonly ResultRow[]> {
    await takeStoreTotals(workspace.warehouse, connection);
    const rows = await ask("reconciliation", { period_start: "1970-01-01", period_end: "2149-06-06" });
    expect(rows.length).toBeGreaterThan(0);
    return rows.filter((row) => Number(row.differing_order_count) > 0);
  }

  it("carry orders, discounts, returns and cancellations to the cent, and what waits is told apart from what is there", async () => {
    const { store, hat, scarf, rows } = shop;
    await store.saveCoupon({ code: "CENT", kind: "amount", value: 100 });
    const kept = await buy(
      [
        [hat, 1],
        [scarf, 3],
      ],
      "CENT",
    );
    const cancelled = await buy([[hat, 2]]);
    await store.cancelOrder(cancelled);
    const cart = await store.openCart(shop.customer, null);
    await store.addToCart(cart, hat, 1);
    await store.processCheckout({ cartId: cart, customerId: shop.customer, key: "never-paid", address });
    await store.shipOrder(kept, "T");
    const [line] = await rows("select order_item_id from store.order_items where order_id = $1 and article_id = $2", [
      kept,
      scarf,
    ]);
    const returned = await store.requestReturn(kept, [{ order_item_id: Number(line?.order_item_id), quantity: 1 }]);
    await store.decideReturn(returned, true);
    await deliver(workspace, connection);
    expect(await differences()).toEqual([]);
    // 1,000 + 999 - 100 = 1,899 gross; the returned scarf is worth a third of 999 - 49, that is 316.
    const [summary] = await ask("kpi-summary");
    expect(summary).toMatchObject({
      gross_revenue_minor: 1899,
      refunds_minor: 316,
      net_revenue_minor: 1583,
      order_count: 1,
    });
    await buy([[hat, 1]]);
    const [day] = await differences();
    expect(day).toMatchObject({ differing_order_count: 1, first_differing_order_id: "S-4" });
    await deliver(workspace, connection);
    expect(await differences()).toEqual([]);
  }, 60_000);

  it("may be cut off anywhere: the same delivery is sent again, from the same files, and counts once", async () => {
    const { store, hat, scarf } = shop;
    const deliveries = join(folder, "store", "deliveries");
    const context = { warehouse: workspace.warehouse, config: workspace.config, clock: workspace.clock };
    await buy([[scarf, 2]]);
    const first = Number(await store.claimDelivery());
    const paths = await writeDelivery(connection, { folder: deliveries, deliveryId: first, currency: "GBP" });
    await store.updatePrice(hat, 1234);
    expect(await writeDelivery(connection, { folder: deliveries, deliveryId: first, currency: "GBP" })).toEqual(paths);
    // Some of the files are in the warehouse when the courier is cut off.
    await importFiles(context, paths.slice(0, 2), { preset: "store" });
    await deliver(workspace, connection);
    expect(await differences()).toEqual([]);
    const before = await ask("kpi-summary");
    await connection.query("select store.note_everything()");
    await deliver(workspace, connection, { most: 12 });
    expect(await ask("kpi-summary")).toEqual(before);
    expect(await differences()).toEqual([]);
  }, 60_000);

  it("carry stock as it is now, though it has been so before", async () => {
    const { store, coat } = shop;
    for (const stock of [7, 9, 7]) {
      await store.updateStock(coat, stock);
      await deliver(workspace, connection);
      const [row] = await workspace.warehouse.query("select stock_quantity from dim_product where product_id = 'coat'");
      expect(Number(row?.stock_quantity)).toBe(stock);
    }
  }, 60_000);

  it("carry the ledger of stock once, though all of it is sent again", async () => {
    const stored = await connection.query("select sku, stock_quantity from store.articles order by sku");
    const ledger = await connection.query("select count(*)::int as movement_count from store.stock_movements");
    for (const _ of ["the changes", "everything"]) {
      const levels = await workspace.warehouse.query(`
        select products.product_id as sku, toInt32(argMax(on_hand_quantity, day_on)) as stock_quantity
        from fct_inventory inner join dim_product as products on fct_inventory.product_key = products.product_key
        group by sku order by sku`);
      const moved = new Set(stored.filter(({ stock_quantity }) => Number(stock_quantity) !== 0).map(({ sku }) => sku));
      expect(levels.filter(({ sku }) => moved.has(sku))).toEqual(stored.filter(({ sku }) => moved.has(sku)));
      expect(
        await workspace.warehouse.query(
          "select toInt32(uniqExact(movement_id)) as movement_count from stg_stock_movements where batch_key in live_batches",
        ),
      ).toEqual(ledger);
      await connection.query("select store.note_everything()");
      await deliver(workspace, connection);
    }
    expect((await verify(workspace.warehouse, workspace.config)).differences).toEqual([]);
  }, 120_000);

  it("write amounts exactly, whatever the currency's minor units", () => {
    expect([majorText(1234, 2), majorText(-5, 2), majorText(1234, 0), majorText(1234, 3), majorText(0, 2)]).toEqual([
      "12.34",
      "-0.05",
      "1234",
      "1.234",
      "0.00",
    ]);
  });
});

/** What a running server does by itself reaches the warehouse, the shopper's mailbox and the payment provider. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openWorkspaceStore, startTasks, storeTasks } from "../../src/delivery/index.ts";
import { lockStore } from "../../src/delivery/store-lock.ts";
import { folderMailer } from "../../src/store/mail/mailer.ts";
import { testProvider } from "../../src/store/payments/test-provider.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";
import { address, openShop } from "./shops.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await openTestShop();
});
afterEach(async () => await shop.close());

it("an order placed while the server runs is in the warehouse, its mail is sent, and its refund is collected", async () => {
  const { connection } = await openWorkspaceStore(shop.workspace);
  const { store, hat, customer, value } = await openShop(connection);
  const cartId = await store.openCart(customer, null);
  await store.addToCart(cartId, hat, 2);
  const placed = await store.processCheckout({ cartId, customerId: customer, key: "the-only-key", address });
  await store.settlePayment(placed.paymentId, "succeeded", "ref");
  await store.cancelOrder(placed.orderId);
  const folder = mkdtempSync(join(tmpdir(), "cartwright-mail-"));
  const tasks = storeTasks({
    workspace: shop.workspace,
    connection,
    mailer: folderMailer(folder, fixedClock()),
    payments: testProvider(),
  });
  expect(new Set(tasks.map((task) => task.name)).size).toBe(tasks.length);
  const failures: unknown[] = [];
  // Each task runs once at its start; the stop waits for it.
  const scheduler = startTasks(
    tasks.map((task) => ({ ...task, run: async () => await task.run(new AbortController().signal) })),
    (task, error) => failures.push([task, error]),
  );
  await scheduler.stop();
  expect(failures).toEqual([]);
  expect(await value("select count(*) from store.outbox")).toBeLessThanOrEqual(1);
  expect(await shop.sql("select order_id from fct_orders")).toEqual([{ order_id: `S-${placed.orderId}` }]);
  const [mail = ""] = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  expect(mail).toContain(`To: ada@example.com\nSubject: Your order ${placed.orderId}`);
  expect(await value("select status from store.payments where kind = 'refund'")).toBe("succeeded");
  expect(await value("select count(*) from store.mails where sent_at is null")).toBe(0);
  rmSync(folder, { recursive: true });
  await connection.close();
});

it("the embedded store is open in one process at a time, and again after it has been closed", async () => {
  const { connection } = await openWorkspaceStore(shop.workspace);
  await expect(openWorkspaceStore(shop.workspace)).rejects.toThrow(`process ${process.pid} has the embedded store`);
  await connection.close();
  lockStore(join(shop.folder, "store"))();
});

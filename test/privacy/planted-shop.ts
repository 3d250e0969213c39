/** A shop in which one person has left something in every place, and others have too. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deliver, openWorkspaceStore } from "../../src/delivery/index.ts";
import { saveSegment } from "../../src/segments/index.ts";
import type { StoreConnection } from "../../src/store/connection.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import type { Workspace } from "../../src/workspace.ts";
import { writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

export const person = {
  id: "crm-ada-4711",
  /** A second id, by which an order names her. */
  alias: "web-order-ada-1",
  email: "ada.lovelace@example.com",
  name: "Ada Lovelace",
  street: "12 Mill Lane",
  visitor: "visitor-ada-77",
  words: "unobtainable spinning jenny",
};

const address = {
  recipient: person.name,
  street: person.street,
  city: "Leeds",
  postal_code: "LS1 1AA",
  country: "GB",
};

export const eventsFile = `event_id,event_at,event_type,customer_id,session_id,product_id,price,quantity,query,user_agent
${person.id}-m1,2026-01-05T10:00:00Z,search,${person.id},s-ada,,,,${person.words},Mozilla/5.0 (Ada)
${person.id}-m2,2026-01-05T10:01:00Z,view,${person.id},s-ada,kettle,20.00,1,,
${person.id}-m3,2026-02-05T10:02:00Z,purchase,${person.id},,kettle,20.00,2,,
ben-m1,2026-01-05T11:00:00Z,view,ben,s-ben,kettle,20.00,1,,
ben-m2,2026-01-05T11:05:00Z,search,ben,s-ben,,,,wrote to ${person.email},
anon-m1,2026-01-06T09:00:00Z,view,device-1,s-shared,kettle,20.00,1,,
${person.id}-m4,2026-01-06T09:05:00Z,view,${person.id},s-shared,lamp,35.00,1,,
`;

const files: Readonly<Record<string, string>> = {
  "events.csv": eventsFile,
  "clicks.csv": `event_id,event_at,event_type,customer_id,session_id,product_id,place,source,referrer
${person.id}-m5,2026-01-06T09:06:00Z,click,${person.id},s-ada,lamp,home,model,https://mail.example/${person.email}
`,
  "customers.csv": `customer_id,alias_id,name,email,address,city,postal_code,country,gender,age,registered_on,nickname
${person.id},${person.alias},${person.name},Ada.Lovelace@Example.com,${person.street},Leeds,LS1 1AA,GB,female,36,2025-12-01T13:14:15Z,Enchantress
ben,,Ben Gurion,ben@example.com,1 High Street,York,YO1 1AA,GB,male,40,2025-12-02T08:00:00Z,
${person.id},,${person.name},${person.email},${person.street},Leeds,LS1 1AA,GB,female,190,2025-12-01T13:14:15Z,
`,
  "orders.csv": `order_id,line_id,ordered_at,customer_id,product_id,quantity,unit_price
A-1,1,2026-01-05T10:30:00Z,${person.id},kettle,2,20.00
A-1,2,2026-01-05T10:30:00Z,${person.id},lamp,1,35.00
A-2,1,2026-02-07T10:30:00Z,ben,kettle,1,20.00
A-3,1,2026-02-09T10:30:00Z,${person.id},kettle,-1,20.00
A-4,1,2026-02-10T10:30:00Z,${person.alias},kettle,1,20.00
`,
  "reviews.csv": `review_id,product_id,customer_id,reviewed_at,rating,title,body
r1,kettle,${person.id},2026-01-20T10:00:00Z,5,Mine,It sings says ${person.name}
r2,kettle,ben,2026-01-21T10:00:00Z,2,Meh,Too loud
`,
  "exposures.csv": `experiment_id,customer_id,variant,exposed_at
banner,${person.id},B,2026-01-05T10:00:00Z
banner,ben,A,2026-01-05T11:00:00Z
`,
};

export interface PlantedShop {
  readonly workspace: Workspace;
  readonly shop: TestShop;
  readonly connection: StoreConnection;
  readonly store: Store;
  /** Ada's account in the store. */
  readonly account: number;
  readonly deliver: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Buys one hat and settles it; shipped and delivered, as a finished order. */
async function buy(store: Store, cartId: number, customerId: number, recipient = person.name): Promise<number> {
  const placed = await store.processCheckout({
    cartId,
    customerId,
    key: `planted-${cartId}`,
    address: { ...address, recipient, street: recipient === person.name ? person.street : "2 Low Road" },
  });
  await store.settlePayment(placed.paymentId, "succeeded");
  await store.shipOrder(placed.orderId, recipient === person.name ? "PARCEL-ADA-9" : "PARCEL-2");
  return placed.orderId;
}

async function plantStore(connection: StoreConnection): Promise<number> {
  const store = createStore(connection);
  await store.saveCategory("clothes", "Clothes");
  const hat = await store.saveArticle({ sku: "hat", name: "The hat", category: "clothes", price_minor: 1000 });
  await store.updateStock(hat, 50, "first delivery");
  const account = await store.registerCustomer(person.email, person.name, "hash");
  const other = await store.registerCustomer("carla@example.com", "Carla Bruni", "hash");
  for (const [customer, recipient] of [
    [account, person.name],
    [other, "Carla Bruni"],
  ] as const) {
    const cart = await store.openCart(customer, null);
    await store.addToCart(cart, hat, 1);
    await buy(store, cart, customer, recipient);
    await store.addToWishlist(customer, hat);
    await store.saveAddress(customer, null, {
      ...address,
      recipient,
      street: `${customer} ${recipient} Street`,
      is_default: true,
    });
  }
  await store.moderateReview(
    await store.insertReview(account, hat, 4, "Warm", `Signed ${person.name}, ${person.email}`),
    true,
  );
  const guest = await store.openGuest(person.email, person.name);
  const cart = await store.openCart(null, Buffer.alloc(32, 7));
  await store.addToCart(cart, hat, 1);
  await buy(store, cart, guest);
  const open = await store.openCart(account, null);
  await store.addToCart(open, hat, 1);
  const seen = { visitor_id: person.visitor, session_id: "visit-ada-1", happened_at: "2026-01-07T10:00:00Z" };
  await store.logEvent({ ...seen, event_type: "search", details: { query: person.words } });
  await store.logEvent({
    ...seen,
    happened_at: "2026-01-07T10:05:00Z",
    event_type: "view",
    customer_id: account,
    article_id: hat,
  });
  await store.logEvent({
    ...seen,
    visitor_id: "visitor-carla",
    session_id: "visit-carla",
    event_type: "view",
    customer_id: other,
    article_id: hat,
  });
  await store.noteExposure("shelf", account, "A");
  return account;
}

/** Opens the shop with everything imported, delivered and built. */
export async function plantShop(): Promise<PlantedShop> {
  const shop = await openTestShop();
  const { workspace } = shop;
  const { connection } = await openWorkspaceStore(workspace);
  const account = await plantStore(connection);
  await deliver(workspace, connection);
  await shop.load(Object.entries(files).map(([name, text]) => writeFile(shop, name, text)));
  const segment = {
    name: "british",
    title: "British, such as Ada Lovelace",
    note: `asked for by ${person.email}`,
    rule: { kind: "country", country: ["GB"] },
  };
  await saveSegment(workspace.warehouse, workspace.clock, segment, "tester");
  mkdirSync(join(shop.folder, "mail"), { recursive: true });
  writeFileSync(join(shop.folder, "mail", "1.txt"), `To: ${person.email}\nSubject: hello\n`);
  writeFileSync(join(shop.folder, "mail", "2.txt"), "To: carla@example.com\nSubject: hello\n");
  writeFileSync(
    join(shop.folder, "looks.json"),
    JSON.stringify([
      { analysis: "customer-360", given: { customer_id: person.id }, lastDays: null, askedAt: 1 },
      { analysis: "customer-360", given: { customer_id: "ben" }, lastDays: null, askedAt: 1 },
    ]),
  );
  return {
    shop,
    workspace,
    connection,
    store: createStore(connection),
    account,
    deliver: async () => void (await deliver(workspace, connection)),
    close: async () => {
      await connection.close();
      await shop.close();
    },
  };
}

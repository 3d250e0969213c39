import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { verify } from "../../src/warehouse/verify.ts";
import { emptyWarehouse, writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ currency: "EUR" });
});
afterEach(async () => await emptyWarehouse(shop.workspace.warehouse));
afterAll(async () => await shop.close());

describe("hm, narrowed to some product groups", () => {
  const articles = [
    "article_id,product_code,prod_name,product_type_name,product_group_name,colour_group_name",
    "0108775015,0108775,Strap top,Vest top,Garment Upper body,Black",
    "0110065001,0110065,OP T-shirt,Bra,Underwear,White",
    "0111565001,0111565,20 den,Tights,Socks & Tights,",
    ",0,no id,Tights,Socks & Tights,",
  ];
  const transactions = [
    "t_dat,customer_id,article_id,price,sales_channel_id",
    "2018-09-20,000058a1,0108775015,0.0508,2",
    "2018-09-20,000058a1,0108775015,0.0508,2",
    "2018-09-20,000058a1,0110065001,0.0305,2",
    "2018-09-21,00007d2d,0111565001,0.0152,1",
    "2018-09-21,00007d2d,0999999999,0.0152,1",
    "2018-09-31,00007d2d,0111565001,0.0152,1",
  ];
  const customers = [
    "customer_id,FN,Active,club_member_status,fashion_news_frequency,age,postal_code",
    "000058a1,,,ACTIVE,NONE,49,52043e",
  ];

  it("keeps articles of these and transactions of kept articles; what is passed over is counted", async () => {
    const keep = ["Garment Upper body", "Socks & Tights"];
    // Named so that transactions come first in the folder: articles are taken first all the same.
    const [loadedArticles, lines, people] = await shop.load(
      [
        writeFile(shop, "hm/a-transactions.csv", `${transactions.join("\n")}\n`),
        writeFile(shop, "hm/b-articles.csv", `${articles.join("\n")}\n`),
        writeFile(shop, "hm/c-customers.csv", `${customers.join("\n")}\n`),
      ],
      { keep },
    );
    expect(loadedArticles).toMatchObject({
      kind: "products",
      read_rows: 3,
      loaded_rows: 2,
      rejected_rows: 1,
      filtered_rows: 1,
    });
    expect(lines).toMatchObject({
      kind: "order_lines",
      read_rows: 4,
      loaded_rows: 3,
      rejected_rows: 1,
      filtered_rows: 2,
    });
    expect(people).toMatchObject({ kind: "customers", read_rows: 1, loaded_rows: 1, filtered_rows: 0 });
    expect(
      await shop.sql("select order_id, channel, toString(line_count) as lines from fct_orders order by order_id"),
    ).toEqual([
      { order_id: "2018-09-20-000058a1-2", channel: "online", lines: "2" },
      { order_id: "2018-09-21-00007d2d-1", channel: "store", lines: "1" },
    ]);
    expect(
      await shop.sql(
        "select product_id, attributes['colour_group_name'] as colour from dim_product order by product_id",
      ),
    ).toEqual([
      { product_id: "0108775015", colour: "Black" },
      { product_id: "0111565001", colour: "" },
    ]);
    expect(
      await shop.sql(
        "select age, attributes['club_member_status'] as club from dim_customer where customer_id = '000058a1'",
      ),
    ).toEqual([{ age: 49, club: "ACTIVE" }]);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
  });

  it("takes everything without the filter", async () => {
    const [lines] = await shop.load([writeFile(shop, "all/transactions.csv", `${transactions.join("\n")}\n`)]);
    expect(lines).toMatchObject({ read_rows: 6, loaded_rows: 5, rejected_rows: 1, filtered_rows: 0 });
  });
});

describe("rees46-cosmetics", () => {
  it("completes products from an item table whose rows repeat, complete and contradict each other: the newest that says something counts", async () => {
    const events = [
      "event_time,event_type,product_id,price,user_id,user_session",
      "2019-10-01 00:00:00 UTC,cart,5773203,2.62,463240011,26dd6e6e",
      "2019-10-01 00:00:05 UTC,purchase,5773203,2.62,463240011,26dd6e6e",
      "2019-10-01 00:00:09 UTC,view,5881589,13.48,429681830,49e8d843",
    ];
    const items = [
      "product_id,category_id,category_code,brand",
      "5773203,1487580005134238553,,runail",
      "5773203,,appliances.environment.vacuum,",
      "5881589,2151191071051219817,,lovely",
      "5881589,2151191071051219999,,",
      "7777777,1487580005134238553,,estel",
    ];
    const batches = await shop.load([
      writeFile(shop, "cosmetics/events.csv", `${events.join("\n")}\n`),
      writeFile(shop, "cosmetics/items.csv", `${items.join("\n")}\n`),
    ]);
    expect(batches.map((batch) => [batch.preset, batch.kind, batch.loaded_rows])).toEqual([
      ["rees46-cosmetics", "events", 3],
      ["rees46-cosmetics", "products", 5],
    ]);
    expect(
      await shop.sql(
        "select product_id, category_id, category, brand, toString(price_minor) as price from dim_product order by product_id",
      ),
    ).toEqual([
      {
        product_id: "5773203",
        category_id: "1487580005134238553",
        category: "appliances.environment.vacuum",
        brand: "runail",
        price: "262",
      },
      { product_id: "5881589", category_id: "2151191071051219999", category: "", brand: "lovely", price: "1348" },
      { product_id: "7777777", category_id: "1487580005134238553", category: "", brand: "estel", price: null },
    ]);
  });
});

// Shoppers without an end, in a process of their own that is ended in the middle. `node checkout-child.mjs URL SEED`
import { openStore } from "../../dist/store/connection.js";
import { createStore } from "../../dist/store/store.js";
import { runShoppers } from "./checkout-load.mjs";
import { seeded } from "./random.mjs";

const [url = "", seed = "1"] = process.argv.slice(2);
const connection = await openStore({ url, folder: null, poolSize: 8 });
const store = createStore(connection);
const articles = (await connection.query("select article_id from store.articles order by article_id")).map((row) =>
  Number(row.article_id),
);
const { below } = seeded(Number(seed));
process.send?.("running");
await runShoppers({ store, articles, count: 1_000_000, width: 8, random: () => below(1_000_000) / 1_000_000 });

// What it costs to know who is who: questions over events with and without ids that are tied, and how long deciding takes.
// `node bench/identity.mjs [--events 1000000] [--people 1000000]`
//   --people  customers with a device each, and an address each that a guest has too: two links for every one
import { decideIdentities, putIdentities } from "../dist/warehouse/identity/follow.js";
import { openShop, option } from "./support/shop.mjs";

const events = option("events", 1_000_000);
const people = option("people", 1_000_000);
const devicesFrom = 1_000_000_000;
const guestsFrom = 2_000_000_000;
const repeats = 7;

const shop = await openShop();
const { warehouse, config } = shop.workspace;

/** @template T @param {() => Promise<T>} work @returns {Promise<number>} milliseconds */
async function timed(work) {
  const started = performance.now();
  await work();
  return Math.round(performance.now() - started);
}

/** The middle of several runs. @param {() => Promise<unknown>} work */
async function middle(work) {
  const times = [];
  for (let run = 0; run < repeats; run += 1) times.push(await timed(work));
  return times.sort((a, b) => a - b)[Math.floor(repeats / 2)];
}

await warehouse.command(
  `insert into fct_events (event_at, event_on, event_type, customer_key, product_key, price_minor, quantity, batch_key, source_row)
   select toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + intDiv(number * 5184000, ${events}) as event_at, toDate(event_at),
     if(number % 20 = 0, 'purchase', 'view'), if(cityHash64(number) % 2, 0, ${devicesFrom}) + 1 + cityHash64(number, 1) % ${Math.max(1, Math.round(events / 10))},
     cityHash64(number, 2) % 5000 + 1, 1000, 1, 1, number + 1
   from numbers(${events})`,
  { settings: { max_partitions_per_insert_block: 0 } },
);

/** @param {string} from */
const questions = (from) => ({
  "visitors by day": `select event_on, uniqExact(customer_key) from ${from} where customer_key != 0 group by event_on`,
  "funnel by customer": `select windowFunnel(86400)(toDateTime(event_at), event_type = 'view', event_type = 'purchase') as level, customer_key from ${from} group by customer_key format Null`,
  "one customer": `select count() from ${from} where customer_key = 77`,
});
/** @param {string} from */
async function ask(from) {
  /** @type {Record<string, number>} */
  const found = {};
  for (const [name, sql] of Object.entries(questions(from)))
    found[name] = await middle(() => warehouse.command(sql.replace(/ format Null$/, "")));
  return found;
}

/** @type {Record<string, unknown>} */
const told = { events, people };
told["fct_events itself, ms"] = await ask("fct_events");
told["person_events without links, ms"] = await ask("person_events");

await warehouse.command(
  "insert into ops_batches (batch_key, version, state, kind) values (1, 1, 'loaded', 'events'), (2, 1, 'loaded', 'customers')",
);
await warehouse.command(
  `insert into stg_customers (batch_key, source_row, customer_key, alias_key, email, attributes, message_id)
   select 2, number * 2, number + 1, number + 1, concat('p', toString(number), '@example.com'),
     map('anonymous_id', toString(${devicesFrom} + number + 1)), concat('m', toString(number)) from numbers(${people})
   union all
   select 2, number * 2 + 1, ${guestsFrom} + number + 1, ${guestsFrom} + number + 1, concat('P', toString(number), '@example.com'), map(), '' from numbers(${people})`,
);
let change;
told["everybody decided, ms"] = await timed(async () => {
  change = await decideIdentities(warehouse, config, { isWhole: true, added: null });
});
if (change) await putIdentities(warehouse, change);
told.links = Number((await warehouse.queryOne("select count() as links from identity_links")).links);
told["memory of this process, MB"] = Math.round(process.memoryUsage().rss / 1e6);
told["person_events with links, ms"] = await ask("person_events");
await warehouse.command(
  "insert into ops_batches (batch_key, version, state, kind) values (3, 1, 'loaded', 'customers')",
);
await warehouse.command(
  `insert into stg_customers (batch_key, source_row, customer_key, alias_key, attributes, message_id)
   values (3, 1, 5, 5, map('anonymous_id', 'a-new-device'), 'x')`,
);
told["one more device, ms"] = await timed(() => decideIdentities(warehouse, config, { isWhole: false, added: [3] }));
told["no record among what was added, ms"] = await timed(() =>
  decideIdentities(warehouse, config, { isWhole: false, added: [1] }),
);
console.log(JSON.stringify(told, null, 2));
await shop.close();

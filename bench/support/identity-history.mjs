/**
 * Random histories of who is who: visits, orders, sign-ins, previous ids, guests, merges, separations, and all of it taken back.
 * Histories of one run share files, days and builds, and no id and no address; so a file that is undone takes a piece of several.
 */
import { seeded } from "./random.mjs";

/** @typedef {ReturnType<typeof seeded>} Random */
/** @typedef {{ id: number, at: number }} Visit */
/** @typedef {{ id: number, orderId: string, at: number }} Order */
/**
 * A record of a customer as an identify or alias message tells it; `anonymous` and `previous` are 0 when it names none, and equal to `id`
 * where an anonymous visitor gave an address.
 * @typedef {{ id: number, anonymous: number, previous: number, email: string }} Told
 */
/** @typedef {{ name: string, text: string, visits: Visit[], orders: Order[], told: Told[], isLive: boolean }} File */
/** @typedef {{ action: "merge" | "separate" | "undo", first: number, second: number, undone: number }} Entry */
/** @typedef {{ kind: "import", files: File[] } | { kind: "undo", file: File } | { kind: "entries", entries: Entry[] }} Step */

const start = Date.UTC(2026, 2, 1);
const minute = 60_000;
const historiesInFile = 25;
const ordersCsvHeader = "order_id,ordered_at,customer_id,product_id,quantity,unit_price\n";
const isoOf = (/** @type {number} */ time) => new Date(time).toISOString();

/** Ids of a history: accounts, devices, and ids that orders or aliases alone name. @param {number} number */
const idsOf = (number) => {
  const base = 1000 + number * 20;
  return {
    accounts: [base + 1, base + 2, base + 3],
    devices: [base + 11, base + 12, base + 13, base + 14],
    others: [base + 16, base + 17],
    emails: [`a${number}@example.com`, `b${number}@example.com`],
  };
};

/** Steps of a run of `count` histories. @param {number} seed @param {number} count @param {number} stepCount @returns {Step[]} */
export function historiesOf(seed, count, stepCount) {
  const random = seeded(seed);
  const hasOrderFiles = seed % 2 === 0;
  /** @type {File[]} */
  const files = [];
  /** @type {Entry[]} */
  const entries = [];
  /** @type {Step[]} */
  const steps = [];
  while (steps.length < stepCount) {
    const live = files.filter((file) => file.isLive);
    const move = steps.length < 2 ? 0 : random.below(10);
    if (move < 4) {
      const made = filesOfStep(random, `${seed}-${steps.length}`, count, hasOrderFiles);
      files.push(...made);
      steps.push({ kind: "import", files: made });
    } else if (move < 8) {
      const added = entriesOfStep(random, count, entries);
      entries.push(...added);
      steps.push({ kind: "entries", entries: added });
    } else {
      const file = random.pick(live);
      file.isLive = false;
      steps.push({ kind: "undo", file });
    }
  }
  return steps;
}

/** One file of messages, and one of orders, for every few histories. @param {Random} random @param {string} name @param {number} count @param {boolean} hasOrderFiles */
function filesOfStep(random, name, count, hasOrderFiles) {
  // Days of a step are few, so that what it changes of other days must be followed.
  const firstDay = random.below(8);
  /** @type {File[]} */
  const files = [];
  for (let first = 0; first < count; first += historiesInFile) {
    const messages = { name: `${name}-${first}.jsonl`, text: "", visits: [], orders: [], told: [], isLive: true };
    const orders = {
      ...messages,
      name: `${name}-${first}.csv`,
      text: ordersCsvHeader,
      visits: [],
      orders: [],
      told: [],
    };
    for (let number = first; number < Math.min(count, first + historiesInFile); number += 1)
      for (let left = random.below(5); left > 0; left -= 1)
        tell(random, number, `${name}-${number}-${left}`, {
          firstDay,
          file: messages,
          orderFile: hasOrderFiles ? orders : null,
        });
    files.push(...[messages, orders].filter((file) => file.text !== "" && file.text !== ordersCsvHeader));
  }
  return files;
}

/** @param {Random} random @param {number} number @param {string} messageId @param {{ firstDay: number, file: File, orderFile: File | null }} into */
function tell(random, number, messageId, { firstDay, file, orderFile }) {
  const { below, pick } = random;
  const { accounts, devices, others, emails } = idsOf(number);
  const at =
    start +
    (firstDay + below(2)) * 24 * 60 * minute +
    10 * 60 * minute +
    pick([0, 10, 29, 30, 31, 200]) * minute +
    below(3) * 1000;
  const kind = below(12);
  const say = (/** @type {object} */ message) => {
    file.text += `${JSON.stringify({ messageId, timestamp: isoOf(at), ...message })}\n`;
  };
  const id = pick([...accounts, ...devices, ...others]);
  if (kind < 4) {
    file.visits.push({ id, at });
    say({ type: "page", name: "Home", userId: String(id), properties: {} });
  } else if (kind < 6) {
    const order = { id, orderId: `o${messageId}`, at };
    if (orderFile) {
      orderFile.orders.push(order);
      orderFile.text += `${order.orderId},${isoOf(at)},${id},kettle,1,5.00\n`;
    } else {
      file.orders.push(order);
      file.visits.push({ id, at });
      const properties = { order_id: order.orderId, products: [{ product_id: "kettle", price: 5, quantity: 1 }] };
      say({ type: "track", event: "Order Completed", userId: String(id), properties });
    }
  } else if (kind < 9) {
    const told = {
      id: pick(accounts),
      anonymous: pick([0, ...devices]),
      previous: 0,
      email: pick(["", "", ...emails]),
    };
    file.told.push(told);
    const email = told.email === "" ? {} : { email: pick([told.email, ` ${told.email.toUpperCase()} `]) };
    const device = told.anonymous === 0 ? {} : { anonymousId: String(told.anonymous) };
    say({ type: "identify", userId: String(told.id), ...device, traits: email });
  } else if (kind < 10) {
    const guest = pick(devices);
    const email = pick(emails);
    file.told.push({ id: guest, anonymous: guest, previous: 0, email });
    say({ type: "identify", anonymousId: String(guest), traits: { email } });
  } else {
    const account = pick(accounts);
    const previous = pick([...accounts, ...devices, ...others].filter((one) => one !== account));
    file.told.push({ id: account, anonymous: 0, previous, email: "" });
    say({ type: "alias", userId: String(account), previousId: String(previous) });
  }
}

/** @param {Random} random @param {number} count @param {readonly Entry[]} before @returns {Entry[]} */
function entriesOfStep({ below, pick }, count, before) {
  /** @type {Entry[]} */
  const added = [];
  for (let number = 0; number < count; number += 1) {
    if (below(3) > 0) continue;
    const { accounts, devices, others } = idsOf(number);
    const all = [...accounts, ...devices, ...others];
    const known = [...before, ...added];
    const open = known.flatMap((entry, place) =>
      entry.action !== "undo" && all.includes(entry.first) && !known.some((one) => one.undone === place + 1)
        ? [place + 1]
        : [],
    );
    if (open.length > 0 && below(2) === 0) {
      added.push({ action: "undo", first: 0, second: 0, undone: pick(open) });
      continue;
    }
    const first = pick(all);
    const second = pick(all.filter((one) => one !== first));
    added.push({ action: pick(["merge", "separate"]), first, second, undone: 0 });
  }
  return added;
}

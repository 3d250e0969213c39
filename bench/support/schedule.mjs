/**
 * Random schedules of imports, for holding what is built step by step against what is built at once: late, repeated,
 * out-of-order, corrected, refunded and undone files of events (with and without ids and sessions), orders, payments, customers,
 * products and movements of stock.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seeded } from "./random.mjs";

/** @typedef {ReturnType<typeof seeded>} Random */
/** @typedef {{ kind: "import", path: string, text: string } | { kind: "undo", nth: number }} Step */

const day = 86_400_000;
const start = Date.UTC(2025, 1, 26);
const jumps = [0, 1000, 1_799_000, 1_800_000, 1_800_001, 3_600_000, 7 * 3_600_000, 20 * 3_600_000, -5 * 3_600_000];

/** @param {number} time */
const iso = (time) => new Date(time).toISOString();

/** Events around one day; a schedule's files share customers, sessions, products and some ids. @param {Random} random @param {string[]} ids */
function eventsFile({ below, pick }, ids) {
  const hasIds = below(2) === 0;
  const hasSessions = below(3) > 0;
  const columns = "event_at,event_type,customer_id,product_id,session_id,price,quantity,category,order_id";
  const lines = [`${hasIds ? "event_id," : ""}${columns}`];
  let time = start + below(8) * day + below(24) * 3_600_000;
  for (let row = below(14) + 1; row > 0; row -= 1) {
    time += pick(jumps);
    const id = below(3) === 0 && ids.length > 0 ? pick(ids) : `e${below(1_000_000)}`;
    if (hasIds) ids.push(id);
    const cells = [
      ...(hasIds ? [below(6) === 0 ? "" : id] : []),
      iso(time),
      pick(["view", "view", "view", "cart_add", "purchase", "purchase", "refund"]),
      pick(["", "1", "2", "3", "anna"]),
      pick(["", "10", "11", "A-12"]),
      hasSessions ? pick(["", "s1", "s2", "s3"]) : "",
      pick(["1.50", "2", "", "9.99"]),
      pick(["", "1", "2", "-1"]),
      pick(["", "shoes", "shoes.sandals"]),
      pick(["", "", "", "o1", "o7"]),
    ];
    lines.push(cells.join(","));
    if (below(8) === 0) lines.push(cells.join(","));
    if (below(12) === 0) lines.push(`${hasIds ? "x," : ""}yesterday,view,1,10,,1,1,,`);
  }
  return `${lines.join("\n")}\n`;
}

/** @param {Random} random */
function orderLinesFile({ below, pick }) {
  const lines = ["order_id,line_id,ordered_at,customer_id,product_id,quantity,unit_price,discount,status,country"];
  for (let row = below(8) + 1; row > 0; row -= 1) {
    const cells = [
      `o${below(6)}`,
      below(2) === 0 ? `l${below(3)}` : "",
      iso(start + below(10) * day + below(86_400) * 1000),
      pick(["", "1", "2", "anna"]),
      pick(["10", "A-12", "13"]),
      pick(["1", "2", "-1", ""]),
      pick(["5.00", "0.335", "-2", "x"]),
      pick(["", "0.50"]),
      pick(["", "cancelled", "shipped"]),
      pick(["", "France"]),
    ];
    lines.push(cells.join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** Order headers in Olist's form. @param {Random} random */
function orderHeadersFile({ below, pick }) {
  const lines = ["order_id,customer_id,order_status,order_purchase_timestamp"];
  for (let row = below(5) + 1; row > 0; row -= 1) {
    const at = iso(start + (below(12) - 1) * day + below(86_400) * 1000)
      .slice(0, 19)
      .replace("T", " ");
    lines.push(`o${below(7)},${pick(["1", "2", "9"])},${pick(["delivered", "canceled"])},${at}`);
  }
  return `${lines.join("\n")}\n`;
}

/** @param {Random} random */
function customersFile({ below, pick }) {
  const lines = ["customer_id,alias_id,registered_on,country,age"];
  for (const id of ["1", "2", "anna"]) {
    if (below(2) === 0) continue;
    lines.push(`${id},${pick(["", "9"])},2024-05-0${below(9) + 1},${pick(["", "Spain"])},${pick(["", "31"])}`);
  }
  return `${lines.join("\n")}\n`;
}

/** @param {Random} random */
function paymentsFile({ below, pick }) {
  const lines = ["order_id,payment_number,method,amount"];
  for (let row = below(4) + 1; row > 0; row -= 1)
    lines.push(`o${below(9)},${pick(["", "1", "2"])},${pick(["card", "voucher"])},${below(90) + 1}.00`);
  return `${lines.join("\n")}\n`;
}

/** @param {Random} random */
function productsFile({ below, pick }) {
  const lines = ["product_id,name,category,price,stock_quantity"];
  for (const id of ["10", "A-12", "14"])
    if (below(2) === 0)
      lines.push(`${id},${pick(["", "Kettle"])},${pick(["", "home"])},${pick(["", "7.50"])},${pick(["", "0", "3"])}`);
  return `${lines.join("\n")}\n`;
}

/** @param {Random} random */
function movementsFile({ below, pick }) {
  const lines = ["movement_id,product_id,moved_at,quantity,movement_type"];
  for (let row = below(4) + 1; row > 0; row -= 1) {
    const [quantity, type] = pick([
      ["4", "restock"],
      ["-1", "sale"],
      ["1", "return"],
      ["-2", "correction"],
    ]);
    const at = iso(start + below(10) * day + below(86_400) * 1000);
    lines.push(`m${below(12)},${pick(["10", "A-12", "13"])},${at},${quantity},${type}`);
  }
  return `${lines.join("\n")}\n`;
}

const orderFiles = [
  orderLinesFile,
  orderLinesFile,
  orderLinesFile,
  orderHeadersFile,
  orderHeadersFile,
  customersFile,
  customersFile,
  paymentsFile,
  productsFile,
  movementsFile,
];

/**
 * The steps of schedule `seed`; the same seed gives the same steps.
 * @param {number} seed @param {string} folder @param {number} stepCount @returns {Step[]}
 */
export function scheduleOf(seed, folder, stepCount) {
  const random = seeded(seed);
  const { below, pick } = random;
  const withOrders = below(3) === 0;
  /** @type {string[]} */
  const ids = [];
  /** @type {{ path: string, make: () => string, text: string }[]} */
  const files = [];
  /** @type {Step[]} */
  const steps = [];
  while (steps.length < stepCount) {
    const move = files.length === 0 ? 0 : below(10);
    const old = files.length === 0 ? undefined : pick(files);
    if (old && move >= 8) {
      steps.push({ kind: "undo", nth: below(8) });
    } else if (old && move >= 5) {
      if (move > 5) old.text = old.make();
      steps.push({ kind: "import", path: old.path, text: old.text });
    } else {
      const make = withOrders && below(2) === 0 ? pick(orderFiles) : () => eventsFile(random, ids);
      const file = { path: join(folder, `file-${files.length}.csv`), make: () => make(random), text: "" };
      file.text = file.make();
      files.push(file);
      steps.push({ kind: "import", path: file.path, text: file.text });
    }
  }
  return steps;
}

/**
 * Runs a schedule; after each step, or after those that `isChecked` says, everything built must equal a full build.
 * @param {readonly Step[]} steps
 * @param {{ load: (path: string) => Promise<unknown>, undo: (key: number) => Promise<unknown>, live: () => Promise<readonly number[]>, differences: () => Promise<readonly unknown[]>, isChecked?: (step: number) => boolean }} shop
 * @returns {Promise<{ step: number, differences: readonly unknown[] } | null>} the first step that disagrees
 */
export async function runSchedule(steps, shop) {
  for (const [index, step] of steps.entries()) {
    if (step.kind === "import") {
      mkdirSync(join(step.path, ".."), { recursive: true });
      writeFileSync(step.path, step.text);
      await shop.load(step.path);
    } else {
      const live = await shop.live();
      const key = live[step.nth % Math.max(1, live.length)];
      if (key !== undefined) await shop.undo(key);
    }
    if (shop.isChecked && !shop.isChecked(index)) continue;
    const differences = await shop.differences();
    if (differences.length > 0) return { step: index, differences };
  }
  return null;
}

/**
 * Fills one slice of a REES46-shaped stream with events. Plain JavaScript: worker threads load it as it stands.
 *
 * @typedef {import("./plan.ts").Rees46Plan} Rees46Plan
 */
import { mix32, Xoshiro128 } from "../../../stats/xoshiro128.js";

export const VIEW = 0;
export const CART = 1;
export const PURCHASE = 2;

/** Share of sessions by visitors who come throughout the period. */
const REGULAR_SHARE = 0.55;
/** After a view: the same product again, or another one of its category; otherwise any product. */
const SAME_PRODUCT = 0.3;
const SAME_CATEGORY = 0.72;

const FIRST_USER_ID = 512_000_000;
const USER_ID_STEP = 4;

/**
 * The events of one slice in order of making, not of time. `product[i] * 4 + kind` is one word; `session[i]` is a row of
 * the session columns.
 */
export class SliceEvents {
  constructor() {
    this.count = 0;
    this.second = new Int32Array(1 << 14);
    this.word = new Int32Array(1 << 14);
    this.session = new Int32Array(1 << 14);
    this.sessionCount = 0;
    this.user = new Int32Array(1 << 12);
    /** Four words of a version 4 UUID (RFC 9562) per session. */
    this.uuid = new Int32Array(1 << 14);
  }

  clear() {
    this.count = 0;
    this.sessionCount = 0;
  }

  /** @param {number} second @param {number} word @param {number} session */
  add(second, word, session) {
    const at = this.count++;
    if (at === this.second.length) {
      this.second = doubled(this.second);
      this.word = doubled(this.word);
      this.session = doubled(this.session);
    }
    this.second[at] = second;
    this.word[at] = word;
    this.session[at] = session;
  }

  /** @param {number} user @param {Xoshiro128} random */
  addSession(user, random) {
    const at = this.sessionCount++;
    if (at === this.user.length) {
      this.user = doubled(this.user);
      this.uuid = doubled(this.uuid);
    }
    this.user[at] = user;
    this.uuid[4 * at] = random.uint32();
    this.uuid[4 * at + 1] = (random.uint32() & 0xffff0fff) | 0x4000;
    this.uuid[4 * at + 2] = (random.uint32() & 0x3fffffff) | 0x80000000;
    this.uuid[4 * at + 3] = random.uint32();
    return at;
  }
}

/** @param {Int32Array} values */
function doubled(values) {
  const wider = new Int32Array(2 * values.length);
  wider.set(values);
  return wider;
}

/** First cell of a slice; of the slice after the last one, the number of cells. */
function firstCell(/** @type {Rees46Plan} */ plan, /** @type {number} */ slice) {
  return Math.floor((slice * plan.cells) / plan.slices);
}

/**
 * The second of the period by which a share of all visits has begun: inverse of the cumulative visits, linear inside an hour.
 *
 * @param {Float64Array} visits @param {number} share in [0, 1]
 */
function secondOf(visits, share) {
  let low = 0;
  let high = visits.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (visits[middle] <= share) low = middle;
    else high = middle;
  }
  return Math.floor(3600 * (low + (share - visits[low]) / (visits[high] - visits[low])));
}

/** First second of a slice. @param {Rees46Plan} plan @param {number} slice */
export function sliceStart(plan, slice) {
  return slice === plan.slices ? plan.seconds : secondOf(plan.visits, firstCell(plan, slice) / plan.cells);
}

/** @param {{ threshold: Float64Array, alias: Uint32Array }} table @param {number} start @param {number} count @param {number} uniform */
function drawFrom(table, start, count, uniform) {
  const scaled = uniform * count;
  const column = scaled | 0;
  return start + (scaled - column < table.threshold[start + column] ? column : table.alias[start + column]);
}

/** Any product: a category by its share of visits, then a product inside it. */
function drawProduct(/** @type {Rees46Plan} */ plan, /** @type {Xoshiro128} */ random) {
  const { categories, categoryStart } = plan.catalogue;
  const category = drawFrom(categories, 0, categories.threshold.length, random.uniform());
  return drawInCategory(plan, random, categoryStart[category], categoryStart[category + 1]);
}

function drawInCategory(
  /** @type {Rees46Plan} */ plan,
  /** @type {Xoshiro128} */ random,
  /** @type {number} */ start,
  /** @type {number} */ end,
) {
  return drawFrom(plan.catalogue.products, start, end - start, random.uniform());
}

/** A visitor: one of the regulars, the first of them coming most, or one who first came a while before this moment. */
function drawUser(/** @type {Rees46Plan} */ plan, /** @type {Xoshiro128} */ random, /** @type {number} */ share) {
  const u = random.uniform();
  if (random.uniform() < REGULAR_SHARE) return Math.floor(plan.regulars * u * Math.sqrt(u));
  const lag = plan.lags[(u * plan.lags.length) | 0] * (0.5 + random.uniform());
  const arrival = Math.abs(Math.floor((share - lag) * plan.passers)) % plan.passers;
  return plan.regulars + arrival;
}

/** Events of one session from its second event on; the first is a view. Events outside [from, to) are not kept. */
function addEvents(
  /** @type {SliceEvents} */ events,
  /** @type {Rees46Plan} */ plan,
  /** @type {Xoshiro128} */ random,
  /** @type {{ session: number, hasIntent: boolean, start: number, length: number, pause: number, from: number, to: number }} */ visit,
) {
  const { behaviour, catalogue } = plan;
  const { hasIntent, session, from, to } = visit;
  let second = visit.start;
  let kind = VIEW;
  let product = drawProduct(plan, random);
  for (let left = visit.length; ; ) {
    if (second >= to) return;
    if (second >= from) events.add(second - from, product * 4 + kind, session);
    if (--left === 0) return;
    second += Math.floor(2 * visit.pause * random.uniform());
    const next = hasIntent ? random.uniform() : 1;
    if (kind === VIEW && next < behaviour.viewToCart + behaviour.viewToPurchase) {
      kind = next < behaviour.viewToCart ? CART : PURCHASE;
    } else if (kind === CART && next < behaviour.cartToPurchase) {
      kind = PURCHASE;
    } else if (kind !== PURCHASE || next >= behaviour.purchaseToPurchase) {
      kind = VIEW;
      const step = random.uniform();
      if (step >= SAME_CATEGORY) product = drawProduct(plan, random);
      else if (step >= SAME_PRODUCT) {
        const category = catalogue.categoryOf[product];
        const start = catalogue.categoryStart[category];
        product = drawInCategory(plan, random, start, catalogue.categoryStart[category + 1]);
      }
    }
  }
}

/** Sessions of one cell, which together have exactly the events the cell is due. */
function addCell(
  /** @type {SliceEvents} */ events,
  /** @type {Rees46Plan} */ plan,
  /** @type {Xoshiro128} */ random,
  /** @type {number} */ cell,
  /** @type {number} */ from,
  /** @type {number} */ to,
) {
  const { lengths, pauses, behaviour, cells } = plan;
  const lastStart = secondOf(plan.visits, (cell + 1) / cells);
  let due = Math.floor(((cell + 1) * plan.events) / cells) - Math.floor((cell * plan.events) / cells);
  for (let number = 0; due > 0; number++) {
    random.reseed(plan.seed, cell, number);
    const length = Math.min(due, 1 + drawFrom(lengths, 0, lengths.threshold.length, random.uniform()));
    due -= length;
    const pauseCount = length - 1;
    const drawn = pauses[(random.uniform() * pauses.length) | 0];
    // Most sessions before the slice end before it too: told without the search for their start.
    if (lastStart + Math.min(plan.longestSeconds, 2 * drawn * pauseCount) < from) continue;
    const share = (cell + random.uniform()) / cells;
    const start = Math.min(plan.seconds - 1, secondOf(plan.visits, share));
    const longest = Math.min(plan.longestSeconds, plan.seconds - 1 - start);
    const pause = pauseCount === 0 ? 0 : Math.min(drawn, longest / (2 * pauseCount));
    if (start + 2 * pause * pauseCount < from) continue;
    const user = drawUser(plan, random, share);
    const isBuyer = mix32(user + plan.seed) >>> 0 < behaviour.buyerShare * 4294967296;
    const hasIntent = random.uniform() < (isBuyer ? behaviour.buyerIntent : behaviour.otherIntent);
    const session = events.addSession(FIRST_USER_ID + USER_ID_STEP * user + (mix32(user) & (USER_ID_STEP - 1)), random);
    addEvents(events, plan, random, { session, hasIntent, start, length, pause, from, to });
  }
}

/**
 * Makes the events of a slice: of the sessions that start in it, and of earlier ones that may last into it.
 *
 * @param {Rees46Plan} plan
 * @param {number} slice
 * @param {SliceEvents} events cleared and filled; seconds count from the start of the slice
 */
export function fillSlice(plan, slice, events) {
  events.clear();
  const from = sliceStart(plan, slice);
  const to = sliceStart(plan, slice + 1);
  const end = firstCell(plan, slice + 1);
  const random = new Xoshiro128();
  let cell = firstCell(plan, slice);
  const earliest = from - plan.longestSeconds;
  while (cell > 0 && secondOf(plan.visits, cell / plan.cells) > earliest) cell--;
  for (; cell < end; cell++) addCell(events, plan, random, cell, from, to);
  return { from, to };
}

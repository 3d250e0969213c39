/**
 * Turns the events of a slice into CSV bytes in order of time. Plain JavaScript: worker threads load it as it stands.
 *
 * @typedef {import("./plan.ts").Rees46Plan} Rees46Plan
 * @typedef {import("./sessions.js").SliceEvents} SliceEvents
 * @typedef {{ month: number, rows: number, bytes: Uint8Array<ArrayBuffer> }} Part bytes of rows of one month
 */
import { mix32 } from "../../../stats/xoshiro128.js";

export const HEADER = "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n";

const PART_BYTES = 1 << 22;
/** No row is longer: 24 of time, 9 of type, 62 of product, 11 of price, 47 of user and session, with slack. */
const LONGEST_ROW = 256;
const TAIL_BYTES = 47;
const TAIL_STRIDE = 48;
const WEEK_SECONDS = 604_800;
/** A counting sort takes four bytes a second: above this, of few events over years, comparing is cheaper. */
const LONGEST_COUNTING_SORT = 8_000_000;

const ascii = (/** @type {string} */ text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const KINDS = new DataView(ascii(["view,", "cart,", "purchase,"].map((kind) => kind.padEnd(16)).join("")).buffer);
const KIND_LENGTHS = [5, 5, 9];
const ZONE = ascii(" UTC,");
const TWO_DIGITS = ascii(Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0")).join(""));
const HEX = ascii(Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0")).join(""));
const COLON = 58;
const COMMA = 44;
const DASH = 45;
const DOT = 46;
const NEW_LINE = 10;

/** Writes `value` with at least `width` digits at `at`; returns the place after it. */
function writeDigits(/** @type {Uint8Array} */ out, /** @type {number} */ at, /** @type {number} */ value, width = 1) {
  let digits = width;
  for (let bound = 10 ** width; value >= bound; bound *= 10) digits++;
  let left = value;
  for (let place = at + digits - 1; place >= at; place--) {
    const tenth = Math.floor(left / 10);
    out[place] = 48 + left - 10 * tenth;
    left = tenth;
  }
  return at + digits;
}

function writeTwo(/** @type {Uint8Array} */ out, /** @type {number} */ at, /** @type {number} */ value) {
  out[at] = TWO_DIGITS[2 * value];
  out[at + 1] = TWO_DIGITS[2 * value + 1];
}

/** `2019-10-01 00:00:00 UTC,` of a second of the period. */
function writeTime(/** @type {Uint8Array} */ out, /** @type {Uint8Array} */ days, /** @type {number} */ second) {
  const day = Math.floor(second / 86_400);
  const rest = second - 86_400 * day;
  for (let i = 0; i < 11; i++) out[i] = days[11 * day + i];
  writeTwo(out, 11, Math.floor(rest / 3600));
  out[13] = COLON;
  writeTwo(out, 14, Math.floor(rest / 60) % 60);
  out[16] = COLON;
  writeTwo(out, 17, rest % 60);
  out.set(ZONE, 19);
}

/** `541312140,72d76fde-8bb3-4e00-8c23-a032dfed738c` and a line end for every session. */
function writeTails(/** @type {SliceEvents} */ events) {
  const tails = new Uint8Array(TAIL_STRIDE * events.sessionCount);
  const { user, uuid } = events;
  for (let session = 0; session < events.sessionCount; session++) {
    let at = writeDigits(tails, TAIL_STRIDE * session, user[session]);
    tails[at++] = COMMA;
    for (let byte = 0; byte < 16; byte++) {
      if (byte === 4 || byte === 6 || byte === 8 || byte === 10) tails[at++] = DASH;
      const value = (uuid[4 * session + (byte >> 2)] >>> (24 - 8 * (byte & 3))) & 255;
      tails[at++] = HEX[2 * value];
      tails[at++] = HEX[2 * value + 1];
    }
    tails[at] = NEW_LINE;
  }
  return tails;
}

/** Places of the events by second, earliest first; events of one second keep their order. */
function orderBySecond(/** @type {SliceEvents} */ events, /** @type {number} */ seconds) {
  const { second, count } = events;
  if (seconds > LONGEST_COUNTING_SORT) {
    return Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => second[a] - second[b] || a - b);
  }
  const next = new Int32Array(seconds + 1);
  for (let i = 0; i < count; i++) next[second[i] + 1]++;
  for (let s = 1; s <= seconds; s++) next[s] += next[s - 1];
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[next[second[i]]++] = i;
  return order;
}

/** Price in hundredths: one product in eight is 5 % to 30 % cheaper in any week. */
function priceIn(/** @type {number} */ price, /** @type {number} */ product, /** @type {number} */ week) {
  const draw = mix32(Math.imul(product, 0x01000193) + week);
  return (draw & 7) === 0 ? Math.round((price * (95 - ((draw >>> 3) % 26))) / 100) : price;
}

/**
 * Copies bytes eight at a time and returns the place after them. Up to seven bytes more are read and written than asked,
 * so both sides need that much room. ASCII is never the pattern of a NaN, which an engine may change on the way; eight
 * bytes a step make rows three times as fast as one.
 */
function copy(
  /** @type {DataView} */ out,
  /** @type {number} */ at,
  /** @type {DataView} */ from,
  /** @type {number} */ start,
  /** @type {number} */ length,
) {
  for (let i = 0; i < length; i += 8) out.setFloat64(at + i, from.getFloat64(start + i, true), true);
  return at + length;
}

/** What the rows of a slice are put together from. */
function rowSources(/** @type {Rees46Plan} */ plan, /** @type {SliceEvents} */ events) {
  const { catalogue } = plan;
  const time = new Uint8Array(24);
  return {
    time,
    timeView: new DataView(time.buffer),
    days: ascii(plan.dayText),
    text: new DataView(catalogue.text.buffer),
    textStart: catalogue.textStart,
    priceMinor: catalogue.priceMinor,
    tails: new DataView(writeTails(events).buffer),
  };
}

/** Writes one row; returns the place after it. */
function writeRow(
  /** @type {Uint8Array} */ out,
  /** @type {DataView} */ view,
  /** @type {number} */ start,
  /** @type {ReturnType<typeof rowSources>} */ sources,
  /** @type {number} */ word,
  /** @type {number} */ week,
  /** @type {number} */ session,
) {
  const product = word >> 2;
  const from = sources.textStart[product];
  let at = copy(view, start, sources.timeView, 0, 24);
  at = copy(view, at, KINDS, 16 * (word & 3), KIND_LENGTHS[word & 3]);
  at = copy(view, at, sources.text, from, sources.textStart[product + 1] - from);
  const price = priceIn(sources.priceMinor[product], product, week);
  const units = Math.floor(price / 100);
  at = writeDigits(out, at, units);
  out[at] = DOT;
  writeTwo(out, at + 1, price - 100 * units);
  out[at + 3] = COMMA;
  return copy(view, at + 4, sources.tails, TAIL_STRIDE * session, TAIL_BYTES);
}

/**
 * The rows of a slice as CSV bytes without a header, cut into parts of at most 4 MiB that never hold two months.
 *
 * @param {Rees46Plan} plan
 * @param {SliceEvents} events
 * @param {number} from first second of the slice
 * @param {number} to   second after its last
 * @returns {Part[]}
 */
export function formatSlice(plan, events, from, to) {
  const { dayMonth } = plan;
  const sources = rowSources(plan, events);
  const order = orderBySecond(events, to - from);
  /** @type {Part[]} */
  const parts = [];
  let out = new Uint8Array(0);
  let view = new DataView(out.buffer);
  let at = 0;
  let rows = 0;
  let month = -1;
  let second = -1;
  let week = 0;
  for (let place = 0; place < order.length; place++) {
    const event = order[place];
    if (events.second[event] !== second) {
      second = events.second[event];
      writeTime(sources.time, sources.days, from + second);
      week = Math.floor((from + second) / WEEK_SECONDS);
    }
    const rowMonth = dayMonth[Math.floor((from + second) / 86_400)];
    if (rowMonth !== month || at + LONGEST_ROW > out.length) {
      if (rows > 0) parts.push({ month, rows, bytes: out.subarray(0, at) });
      out = new Uint8Array(Math.min(PART_BYTES, LONGEST_ROW * (order.length - place) + LONGEST_ROW));
      view = new DataView(out.buffer);
      at = 0;
      rows = 0;
      month = rowMonth;
    }
    rows++;
    at = writeRow(out, view, at, sources, events.word[event], week, events.session[event]);
  }
  if (rows > 0) parts.push({ month, rows, bytes: out.subarray(0, at) });
  return parts;
}

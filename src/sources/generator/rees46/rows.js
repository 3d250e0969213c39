/**
 * Turns the events of a slice into CSV bytes in order of time. Plain JavaScript: worker threads load it as it stands.
 *
 * @typedef {import("./plan.ts").Rees46Plan} Rees46Plan
 * @typedef {import("./sessions.js").SliceEvents} SliceEvents
 * @typedef {{ month: number, rows: number, bytes: Uint8Array<ArrayBuffer> }} Part bytes of rows of one month
 */
import { mix32 } from "../xoshiro128.js";

export const HEADER = "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n";

const PART_BYTES = 1 << 22;
/** No row is longer: 24 of time, 9 of type, 62 of product, 11 of price, 47 of user and session, with slack. */
const LONGEST_ROW = 256;
const TAIL_BYTES = 47;
const WEEK_SECONDS = 604_800;

const ascii = (/** @type {string} */ text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const KINDS = [ascii("view,"), ascii("cart,"), ascii("purchase,")];
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
  const tails = new Uint8Array(TAIL_BYTES * events.sessionCount);
  const { user, uuid } = events;
  for (let session = 0; session < events.sessionCount; session++) {
    let at = writeDigits(tails, TAIL_BYTES * session, user[session]);
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

/** Places of the events by second, earliest first; events of one second keep their order. A counting sort. */
function orderBySecond(/** @type {SliceEvents} */ events, /** @type {number} */ seconds) {
  const next = new Int32Array(seconds + 1);
  const { second, count } = events;
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
 * The rows of a slice as CSV bytes without a header, cut into parts of at most 4 MiB that never hold two months.
 *
 * @param {Rees46Plan} plan
 * @param {SliceEvents} events
 * @param {number} from first second of the slice
 * @param {number} to   second after its last
 * @returns {Part[]}
 */
export function formatSlice(plan, events, from, to) {
  const { text, textStart, priceMinor } = plan.catalogue;
  const days = ascii(plan.dayText);
  const order = orderBySecond(events, to - from);
  const tails = writeTails(events);
  const time = new Uint8Array(24);
  /** @type {Part[]} */
  const parts = [];
  let out = new Uint8Array(Math.min(PART_BYTES, LONGEST_ROW * (events.count + 1)));
  let at = 0;
  let rows = 0;
  let month = -1;
  let second = -1;
  let week = 0;
  const close = () => {
    if (rows > 0) parts.push({ month, rows, bytes: out.subarray(0, at) });
  };
  for (let place = 0; place < order.length; place++) {
    const event = order[place];
    if (events.second[event] !== second) {
      second = events.second[event];
      writeTime(time, days, from + second);
      week = Math.floor((from + second) / WEEK_SECONDS);
    }
    const rowMonth = plan.dayMonth[Math.floor((from + second) / 86_400)];
    if (rowMonth !== month || at + LONGEST_ROW > out.length) {
      close();
      if (rows > 0) out = new Uint8Array(Math.min(PART_BYTES, LONGEST_ROW * (order.length - place + 1)));
      at = 0;
      rows = 0;
      month = rowMonth;
    }
    rows++;
    for (let i = 0; i < 24; i++) out[at++] = time[i];
    const word = events.word[event];
    const kind = KINDS[word & 3];
    for (let i = 0; i < kind.length; i++) out[at++] = kind[i];
    const product = word >> 2;
    for (let i = textStart[product], end = textStart[product + 1]; i < end; i++) out[at++] = text[i];
    const price = priceIn(priceMinor[product], product, week);
    const units = Math.floor(price / 100);
    at = writeDigits(out, at, units);
    out[at++] = DOT;
    writeTwo(out, at, price - 100 * units);
    at += 2;
    out[at++] = COMMA;
    const tail = TAIL_BYTES * events.session[event];
    for (let i = 0; i < TAIL_BYTES; i++) out[at++] = tails[tail + i];
  }
  close();
  return parts;
}

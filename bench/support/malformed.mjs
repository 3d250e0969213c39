/** Rows of an events file, most of them spoilt in one of the ways files are spoilt. */
import { seeded } from "./random.mjs";

export const header = "event_at,event_type,customer_id,product_id,price,quantity,note\n";

const odd = [
  "",
  " ",
  "null",
  "NaN",
  "1e309",
  "-1e-9",
  "999999999999999999999",
  "1,5",
  "--1",
  "0x1F",
  "²",
  "１２",
  "1.2.3",
  "\\N",
];
const dates = [
  "2025-02-29 10:00:00",
  "0000-00-00 00:00:00",
  "1969-12-31 23:59:59",
  "2100-01-01 00:00:00",
  "2025-13-01",
  "31/12/2025",
  "tomorrow",
  "2025-03-01T25:00:00Z",
  "1740823200",
  "2025-03-01 10:00:00.1234567",
  "2025-03-01T10:00:00+99:00",
];

/** @type {((cells: string[], random: ReturnType<typeof seeded>) => string | Buffer)[]} */
const spoilers = [
  (cells, { below, pick }) => {
    cells[below(cells.length)] = pick(odd);
    return cells.join(",");
  },
  (cells, { pick }) => [pick(dates), ...cells.slice(1)].join(","),
  (cells, { below }) => cells.slice(0, below(cells.length)).join(","),
  (cells, { below }) => [...cells, ...Array(below(5)).fill("x")].join(","),
  (cells, { below }) => {
    const text = cells.join(",");
    const at = below(text.length + 1);
    return `${text.slice(0, at)}"${text.slice(at)}`;
  },
  (cells) => [...cells.slice(0, 6), '"two\nlines ""quoted"", and more"'].join(","),
  (cells, { below }) => {
    const bytes = Buffer.from(cells.join(","));
    bytes[below(bytes.length)] = 128 + below(128);
    return bytes;
  },
  (cells, { below }) => {
    const text = cells.join(",");
    const at = below(text.length + 1);
    return `${text.slice(0, at)}\0${text.slice(at)}`;
  },
  (cells, { below }) => [...cells.slice(0, 2), "9".repeat(below(900)), ...cells.slice(3)].join(","),
  (cells, { below }) => {
    const text = cells.join(",");
    const at = below(text.length + 1);
    return `${text.slice(0, at)}\r${text.slice(at)}`;
  },
  (cells, { below }) => [...cells.slice(0, 6), "long ".repeat(below(40))].join(","),
  (cells, { below }) =>
    cells
      .join(",")
      .split("")
      .map((char) => (below(20) === 0 ? String.fromCharCode(33 + below(90)) : char))
      .join(""),
  (cells) => `\t ${cells.join(" \t, ")}`,
  () => "",
];

/**
 * `count` lines in blocks of bytes; about one in `goodEvery` is left as it is.
 * @param {number} count @param {number} seed @param {number} goodEvery
 */
export function* malformedRows(count, seed, goodEvery = 8) {
  const random = seeded(seed);
  const { below, pick } = random;
  /** @type {Buffer[]} */
  let block = [Buffer.from(header)];
  for (let row = 0; row < count; row += 1) {
    const day = String(below(28) + 1).padStart(2, "0");
    const cells = [
      `2025-03-${day} 10:${String(below(60)).padStart(2, "0")}:00`,
      pick(["view", "purchase"]),
      String(below(1000)),
      `p${below(50)}`,
      "1.50",
      "1",
      "fine",
    ];
    const line = below(goodEvery) === 0 ? cells.join(",") : pick(spoilers)(cells, random);
    block.push(Buffer.isBuffer(line) ? line : Buffer.from(line), Buffer.from(below(30) === 0 ? "\r\n" : "\n"));
    if (block.length > 20_000) {
      yield Buffer.concat(block);
      block = [];
    }
  }
  yield Buffer.concat(block);
}

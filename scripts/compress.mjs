// Compressed twins of built files, which the server sends to clients that take them.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Below this nothing is won: the answer fits into one packet anyway. */
const smallest = 1000;
const isText = (/** @type {string} */ path) => /\.(js|css|html|svg)$/.test(path);

/** Writes `<path>.br` and `<path>.gz` beside each text of some length. @param {string[]} paths */
export function writeCompressed(paths) {
  for (const path of paths.filter(isText)) {
    const bytes = readFileSync(path);
    if (bytes.length < smallest) continue;
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

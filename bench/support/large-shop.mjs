/** A shop with a REES46-shaped stream of any length, of which no more than a month lies on the disk as text. */
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { importFiles } from "../../dist/ingestion/import.js";
import { rees46Parts } from "../../dist/sources/generator/index.js";
import { secondsOf } from "./measure.mjs";

const header = "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n";

/** @typedef {{ events: number, days: number, firstDay?: string, seed: number }} Stream */

/**
 * Each month's file as soon as it is whole; of a month that is needed no more, its place alone.
 *
 * @param {string} folder @param {Stream} stream @returns {AsyncGenerator<{ month: string, path: string }>}
 */
export async function* monthlyFiles(folder, stream, isDone = (/** @type {string} */ _month) => false) {
  let month = "";
  let handle = -1;
  const pathOf = (/** @type {string} */ name) => join(folder, `${name}.csv`);
  for await (const part of rees46Parts(stream)) {
    if (part.month !== month) {
      if (handle !== -1) {
        closeSync(handle);
        yield { month, path: pathOf(month) };
      }
      month = part.month;
      handle = openSync(pathOf(month), "w");
      writeSync(handle, header);
    }
    if (isDone(month)) continue;
    for (let written = 0; written < part.bytes.length; ) written += writeSync(handle, part.bytes, written);
  }
  closeSync(handle);
  yield { month, path: pathOf(month) };
}

/**
 * Generates each month, imports and builds it, and removes its file; how long each import took, generating not counted.
 *
 * @param {import("../../dist/workspace.js").Workspace} workspace @param {string} folder @param {Stream} stream
 * @param {(text: string) => void} say
 */
export async function importMonths(workspace, folder, stream, say) {
  const { warehouse, config, clock } = workspace;
  /** @type {{ month: string, seconds: number }[]} */ const loads = [];
  for await (const { month, path } of monthlyFiles(folder, stream)) {
    const seconds = await secondsOf(() =>
      workspace.exclusively(() => importFiles({ warehouse, config, clock }, [path], {})),
    );
    rmSync(path);
    loads.push({ month, seconds });
    say(`${month}: imported and built in ${seconds.toFixed(1)} s`);
  }
  return loads;
}

// Random schedules of late, repeated, out-of-order, corrected and undone imports: after each step (or the last of every n,
// with `--check n`) everything built must equal a full recomputation.
// `node bench/build-schedules.mjs [--schedules 500] [--first 1000] [--steps 8] [--check 1]`
import { rmSync } from "node:fs";
import { join } from "node:path";
import { listBatches } from "../dist/ingestion/batches.js";
import { verify } from "../dist/warehouse/verify.js";
import { runSchedule, scheduleOf } from "./support/schedule.mjs";
import { emptyWarehouse, openShop, option } from "./support/shop.mjs";

const schedules = option("schedules", 500);
const first = option("first", 1000);
const stepCount = option("steps", 8);
const checkEach = option("check", 1);
const zones = ["UTC", "Pacific/Auckland", "America/St_Johns"];
const counts = { schedules: 0, imports: 0, undos: 0, failures: 0 };
const started = Date.now();
const perZone = Math.ceil(schedules / zones.length);
for (const [index, time_zone] of zones.entries()) {
  const shop = await openShop({ time_zone });
  const { warehouse, config } = shop.workspace;
  const from = first + index * perZone;
  for (let seed = from; seed < Math.min(from + perZone, first + schedules); seed += 1) {
    await emptyWarehouse(warehouse);
    const folder = join(shop.folder, `schedule-${seed}`);
    const steps = scheduleOf(seed, folder, stepCount);
    shop.context.smallEventCount = seed % 2 === 0 ? 0 : 1000;
    const failure = await runSchedule(steps, {
      load: (path) => shop.load([path]),
      undo: (key) => shop.undo(key),
      live: async () =>
        (await listBatches(warehouse)).filter((one) => one.state === "loaded").map((one) => one.batch_key),
      isChecked: (step) => (steps.length - 1 - step) % checkEach === 0,
      differences: async () => (await verify(warehouse, config)).differences,
    });
    counts.schedules += 1;
    if (counts.schedules % 10 === 0) process.stderr.write(`${JSON.stringify(counts)}\n`);
    counts.imports += steps.filter((step) => step.kind === "import").length;
    counts.undos += steps.filter((step) => step.kind === "undo").length;
    if (failure) {
      counts.failures += 1;
      console.log(
        `schedule ${seed} (${time_zone}), step ${failure.step}: ${JSON.stringify(failure.differences, null, 1)}`,
      );
    }
    rmSync(folder, { recursive: true, force: true });
  }
  await shop.close();
}
console.log(JSON.stringify({ ...counts, seconds: Math.round((Date.now() - started) / 1000) }));
process.exitCode = counts.failures > 0 ? 1 : 0;

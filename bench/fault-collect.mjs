// Clients send events and try again until they are acknowledged, while the disk is full, or refuses the writes or the flushes
// of the server or of its engine, at random moments. Nothing that was acknowledged may be missing, and the running server must take events again by itself
// soon after each fault is mended. The workspace is on a file system of its own, and system calls are refused by strace: this
// needs Linux, the super-user, mkfs.ext4 and strace.
// `node bench/fault-collect.mjs [--faults 50] [--seed 1] [--clients 4] [--megabytes 1024]`
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Credentials } from "../dist/api/credentials.js";
import { createWorkspace } from "../dist/workspace.js";
import { ownerOf, post, startServer } from "./support/collect-load.mjs";
import { endAndCompare, PatientClients } from "./support/collect-proof.mjs";
import { seeded } from "./support/random.mjs";
import { option } from "./support/shop.mjs";

const faults = option("faults", 50);
const { below } = seeded(option("seed", 1));
const place = mkdtempSync(join(tmpdir(), "cartwright-faults-"));
const [image, mount] = [join(place, "disk"), join(place, "mount")];
const [folder, ballast] = [join(mount, "shop"), join(mount, "ballast")];

/** @param {string} command @param {string[]} args */
function run(command, ...args) {
  const done = spawnSync(command, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.stderr}${done.error ?? ""}`);
  return done.stdout.trim();
}

mkdirSync(mount);
writeFileSync(image, "");
truncateSync(image, option("megabytes", 1024) * 1024 * 1024);
run("mkfs.ext4", "-q", image);
run("mount", "-o", "loop", image, mount);

/** Leaves so many bytes free. @param {number} bytes */
function fill(bytes) {
  const { bavail, bsize } = statfsSync(mount);
  const block = Buffer.alloc(64 * 1024);
  const handle = openSync(ballast, "w");
  try {
    for (let left = bavail * bsize - bytes; left > 0; left -= block.length)
      writeSync(handle, block, 0, Math.min(left, block.length));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOSPC") throw error;
  } finally {
    closeSync(handle);
  }
}

const flushes = "fsync,fdatasync,syncfs,sync_file_range";
const writes = `${flushes},pwrite64,pwritev,pwritev2,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,ftruncate,fallocate,link,linkat,symlink,symlinkat`;

/** The calls are refused to a process, with the error, until the returned function is called; it tells how many were. @param {number} pid @param {string} calls @param {string} error */
async function refuse(pid, calls, error) {
  const told = join(place, "refused");
  const args = ["-f", "-qq", "-o", told, "-e", `trace=${calls}`, "-e", `inject=${calls}:error=${error}`];
  const tracer = spawn("strace", [...args, "-p", String(pid)], { stdio: "ignore" });
  await sleep(300);
  return async () => {
    const gone = once(tracer, "exit");
    tracer.kill("SIGINT");
    await gone;
    counts.refused_calls += readFileSync(told, "utf8").split("INJECTED").length - 1;
  };
}

createWorkspace(folder, { currency: "USD", time_zone: "Europe/London" });
const { key } = new Credentials(folder, { now: () => Date.now() }).createWriteKey("bench");
const server = await startServer(folder, key);
if (server === null) throw new Error("the server did not start");
const serverPid = server.child.pid ?? 0;
const enginePid = () => ownerOf(folder)?.pid ?? 0;
const counts = { refused_calls: 0 };
/** @type {Record<string, number>} */ const faultCounts = {};
/** @type {number[]} */ const recoveries = [];
const started = Date.now();
const clients = new PatientClients(() => server.url, key, option("clients", 4));

/** Each breaks the disk and returns what mends it. @type {[string, () => Promise<() => Promise<void>>][]} */
const kinds = [
  [
    "full",
    async () => {
      fill(below(3) * 512 * 1024);
      return async () => rmSync(ballast, { force: true });
    },
  ],
  ["read_only_to_server", async () => await refuse(serverPid, writes, "EROFS")],
  ["no_flush_of_server", async () => await refuse(serverPid, flushes, "EIO")],
  ["read_only_to_engine", async () => await refuse(enginePid(), writes, "EROFS")],
  ["no_flush_of_engine", async () => await refuse(enginePid(), flushes, "EIO")],
];

for (let fault = 0; fault < faults && server.child.exitCode === null; fault += 1) {
  await sleep(200 + below(3000));
  const [name, breakDisk] = kinds[fault % kinds.length] ?? kinds[0];
  const mend = await breakDisk();
  faultCounts[name] = (faultCounts[name] ?? 0) + 1;
  await sleep(500 + below(4000));
  await mend();
  const mended = Date.now();
  for (let taken = false; !taken && Date.now() - mended < 60_000; ) {
    const answer = await post(server.url, key, "batch", { batch: [] }).catch(() => null);
    const before = clients.acknowledged.size;
    await sleep(20);
    taken = answer?.status === 200 && clients.acknowledged.size > before;
  }
  recoveries.push((Date.now() - mended) / 1000);
  process.stderr.write(
    `${JSON.stringify({ fault: name, ...counts, acknowledged: clients.acknowledged.size, recovered: recoveries.at(-1) })}\n`,
  );
}
const ended = await endAndCompare(folder, server.child, clients);
run("umount", mount);
rmSync(place, { recursive: true, force: true });
const outcome = {
  faults: recoveries.length,
  ...faultCounts,
  ...counts,
  ...ended,
  slowest_recovery_seconds: Math.max(...recoveries),
  seconds: Math.round((Date.now() - started) / 1000),
};
console.log(JSON.stringify(outcome));
const isClean =
  outcome.acknowledged_lost + outcome.duplicated + outcome.differences + outcome.server_ended === 0 &&
  outcome.all_loaded &&
  outcome.slowest_recovery_seconds < 60;
process.exit(isClean ? 0 : 1);

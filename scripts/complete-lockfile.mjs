// Adds the packages of other platforms that npm leaves out of a lockfile made on one of them. `npm ci` refuses a lockfile
// in which an optional dependency is not named; the names say platform and processor, the versions are pinned by the parents.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const path = join(dirname(dirname(fileURLToPath(import.meta.url))), "package-lock.json");
const lock = JSON.parse(readFileSync(path, "utf8"));
const entries = Object.values(lock.packages);
const libc = { musl: "musl", gnu: "glibc" };
let added = 0;

for (const parent of entries) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const platform = /(android|darwin|linux|win32)-(arm64|x64)(?:-(musl|gnu))?$/.exec(name);
    if (lock.packages[key] || !platform) continue;
    lock.packages[key] = {
      version,
      cpu: [platform[2]],
      ...(entries.every((one) => !(name in (one.optionalDependencies ?? {})) || one.dev) ? { dev: true } : {}),
      ...(platform[3] ? { libc: [libc[platform[3]]] } : {}),
      optional: true,
      os: [platform[1]],
    };
    added += 1;
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} packages added\n`);

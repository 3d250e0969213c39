/** The package as someone installs it: packed, installed into an empty folder, started there. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

describe("the packed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-pack-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const npm = (args: readonly string[], cwd: string) =>
    spawnSync("npm", args, { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });

  it("installs into an empty folder, serves a demo shop with `npx cartwright start`, and keeps the workspace over a second start", async () => {
    const packed = npm(["pack", "--pack-destination", folder, "--json"], root);
    expect(packed.status, packed.stderr).toBe(0);
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "someone", private: true }));
    const installed = npm(["install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, tarball)], folder);
    expect(installed.status, installed.stderr).toBe(0);
    const listed = readdirSync(join(folder, "node_modules", "cartwright"));
    expect(listed.filter((name) => ["src", "test", "web.test.ts"].includes(name))).toEqual([]);

    for (const attempt of ["first", "second"]) {
      const server = spawn("npx", ["cartwright", "start", "--port", "0"], {
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
        detached: true,
      });
      let words = "";
      const link = await new Promise<string>((resolve, reject) => {
        server.stderr?.on("data", (chunk: Buffer) => {
          words += chunk;
          const found = /http:\S+sign-in\?token=\S+/.exec(words)?.[0];
          if (found) resolve(found);
        });
        server.once("exit", () => reject(new Error(words)));
      });
      const signIn = await fetch(link, { redirect: "manual" });
      const cookie = String(signIn.headers.get("set-cookie")).split(";")[0] ?? "";
      const page = await fetch(new URL("/", link), { headers: { cookie } });
      expect(page.status, attempt).toBe(200);
      expect(await page.text()).toContain("<div id=");
      const kpi = (await (
        await fetch(new URL("/api/v1/analyses/kpi-summary", link), { headers: { cookie } })
      ).json()) as { rows: { order_count: number }[] };
      expect(kpi.rows[0]?.order_count).toBeGreaterThan(3000);
      const gone = new Promise((resolve) => server.once("exit", resolve));
      process.kill(-(server.pid ?? 0), "SIGTERM");
      await gone;
      expect(words.includes("making a demo shop"), attempt).toBe(attempt === "first");
    }
    const config = JSON.parse(readFileSync(join(folder, ".cartwright", "cartwright.json"), "utf8")) as { name: string };
    expect(config.name).toBe("Demo shop");
  }, 300_000);
});

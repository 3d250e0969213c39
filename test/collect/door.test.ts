/** What stands between a client and the door: disk, load, size, keys, origins; and the guide that shows the way in. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../src/config.ts";
import { eventNames } from "../../src/sources/segment/event-names.ts";
import { installDoor, verdicts, view } from "../support/collect.ts";

const doorNow = installDoor();

describe("the door for events", () => {
  it("keeps nothing of a request it could not put on disk, and takes it the next time", async () => {
    const door = doorNow();
    const folder = join(door.shop.folder, "collect", "events");
    await door.load();
    renameSync(folder, `${folder}.away`);
    const refused = await door.post("batch", { batch: [view("later")] });
    expect(refused.statusCode).toBe(503);
    expect(refused.headers["retry-after"]).toBe("1");
    renameSync(`${folder}.away`, folder);
    expect(verdicts(await door.send(view("later")))).toEqual(["accepted"]);
  });

  it("asks clients to come again while too much waits", async () => {
    const door = doorNow();
    const big = Array.from({ length: 30 }, (_, index) =>
      view(`big${index}`, { properties: { note: "x".repeat(60_000) } }),
    );
    expect((await door.post("batch", { batch: big })).statusCode).toBe(200);
    const busy = await door.post("batch", { batch: [view("more")] });
    expect([busy.statusCode, busy.headers["retry-after"], (busy.json() as { code: string }).code]).toEqual([
      429,
      "5",
      "collecting_busy",
    ]);
    await door.load();
    expect((await door.post("batch", { batch: [view("more")] })).statusCode).toBe(200);
  });

  it("takes gzip within a bound, text of a beacon, single calls, and refuses what is no JSON", async () => {
    const door = doorNow();
    const packed = gzipSync(JSON.stringify({ batch: [view("packed")] }));
    expect((await door.post("batch", packed, { ...door.basic(), "content-encoding": "gzip" })).statusCode).toBe(200);
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
    expect((await door.post("batch", bomb, { ...door.basic(), "content-encoding": "gzip" })).statusCode).toBe(413);
    expect((await door.post("batch", "x".repeat(3 * 1024 * 1024))).statusCode).toBe(413);
    const beacon = await door.post("track", JSON.stringify({ ...view("beacon"), writeKey: door.key }), {
      "content-type": "text/plain",
    });
    expect(beacon.json()).toMatchObject({ accepted: 1 });
    expect((await door.post("track", "{")).statusCode).toBe(400);
    expect((await door.post("batch", { messages: [] })).statusCode).toBe(400);
    expect(
      (await door.post("batch", Buffer.from("no gzip"), { ...door.basic(), "content-encoding": "gzip" })).statusCode,
    ).toBe(400);
    for (const path of ["identify", "page", "screen", "p", "t"])
      expect((await door.post(path, { userId: "ada", event: "Product Viewed" })).json()).toMatchObject({ accepted: 1 });
  });

  it("lets pages of listed origins send, and no others; a key is good for sending only and ends when it is revoked", async () => {
    const door = doorNow();
    const from = async (origin: string) => await door.post("track", view(`o ${origin}`), { ...door.basic(), origin });
    const allowed = await from("https://shop.example");
    expect([allowed.statusCode, allowed.headers["access-control-allow-origin"]]).toEqual([200, "https://shop.example"]);
    expect((await from("https://evil.example")).statusCode).toBe(403);
    const asked = await door.server.inject({
      method: "OPTIONS",
      url: "/v1/batch",
      headers: { origin: "https://shop.example" },
    });
    expect([asked.statusCode, asked.headers["access-control-allow-headers"]]).toEqual([
      204,
      "authorization, content-type, content-encoding",
    ]);
    expect(
      (await door.server.inject({ method: "OPTIONS", url: "/v1/batch", headers: { origin: "https://evil.example" } }))
        .statusCode,
    ).toBe(403);
    expect((await door.post("track", view("k"), {})).statusCode).toBe(401);
    expect((await door.post("track", view("k"), door.basic("wk_wrong"))).statusCode).toBe(401);
    const elsewhere = await door.server.inject({
      url: "/api/v1/shop",
      headers: { authorization: `Bearer ${door.key}` },
    });
    expect(elsewhere.statusCode).toBe(401);
    const admin = { authorization: `Bearer ${door.credentials.createToken({ name: "admin", role: "admin" }).secret}` };
    const analyst = {
      authorization: `Bearer ${door.credentials.createToken({ name: "analyst", role: "analyst" }).secret}`,
    };
    const make = async (headers: Record<string, string>) =>
      await door.server.inject({ method: "POST", url: "/api/v1/write-keys", payload: { name: "page" }, headers });
    expect((await make(analyst)).statusCode).toBe(403);
    const made = (await make(admin)).json() as { id: string; key: string };
    expect((await door.post("track", view("made"), door.basic(made.key))).statusCode).toBe(200);
    const listed = await door.server.inject({ url: "/api/v1/write-keys", headers: admin });
    expect(listed.body).toContain(made.id);
    expect(listed.body).not.toContain(made.key);
    expect(
      (await door.server.inject({ method: "DELETE", url: `/api/v1/write-keys/${made.id}`, headers: admin })).statusCode,
    ).toBe(204);
    expect((await door.post("track", view("revoked"), door.basic(made.key))).statusCode).toBe(401);
  });
});

describe("work that changes the workspace", () => {
  it("takes turns within one process, and work within work is part of it", async () => {
    const { workspace } = doorNow().shop;
    const steps: string[] = [];
    const work = (name: string) =>
      workspace.exclusively(async () => {
        steps.push(`${name} begins`);
        await workspace.exclusively(async () => await new Promise((resolve) => setTimeout(resolve, 20)));
        steps.push(`${name} ends`);
      });
    await Promise.all([work("load"), work("delivery")]);
    expect(steps).toEqual(["load begins", "load ends", "delivery begins", "delivery ends"]);
    await expect(workspace.exclusively(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await work("next");
    expect(steps).toHaveLength(6);
  });
});

describe("the guide", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const guide = readFileSync(join(root, "docs/guides/collect.md"), "utf8");
  const blocks = (language: string): readonly string[] =>
    [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)]
      .filter((found) => found[1] === language)
      .map((found) => found[2] ?? "");

  it("names every event that is known, with its kind", () => {
    const rows = guide.split("\n").filter((line) => line.startsWith("| "));
    const missing = Object.entries(eventNames).filter(
      ([name, kind]) => !rows.some((row) => row.includes(name) && row.split("|")[2]?.trim().startsWith(kind)),
    );
    expect(missing).toEqual([]);
  });

  it("shows requests that are accepted and a program that runs", async () => {
    const door = doorNow();
    const [settings = "", request = ""] = blocks("json");
    expect(configSchema.safeParse(JSON.parse(settings)).success).toBe(true);
    const body = JSON.parse(request) as { batch: object[] };
    expect((await door.post("batch", body)).json()).toMatchObject({ accepted: body.batch.length });
    const folder = mkdtempSync(join(root, "test", "collect", "guide-"));
    try {
      const [program = ""] = blocks("js");
      writeFileSync(join(folder, "program.mjs"), program.replace('"USD"', '"GBP"'));
      await promisify(execFile)(process.execPath, [join(folder, "program.mjs")], {
        env: { ...process.env, WRITE_KEY: door.key, CARTWRIGHT_URL: door.address },
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    await door.load();
    expect(await door.shop.sql("select order_id, toString(net_minor) as net from fct_orders")).toEqual([
      { order_id: "O-1001", net: "4350" },
    ]);
  });
});

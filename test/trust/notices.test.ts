/** What is wrong with the data is told beside the numbers it touches, over the API, the command line and on screens; and beside no others. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAnalysis } from "../../src/analyses/index.ts";
import { resolveValues } from "../../src/analyses/run.ts";
import { Credentials } from "../../src/api/credentials.ts";
import { createServer } from "../../src/api/server.ts";
import { noticesFor, readStanding, type Standing, StandingKeeper } from "../../src/trust/index.ts";
import { touchOf } from "../../src/trust/touched.ts";
import { emptyExtent, readExtent } from "../../src/warehouse/extent.ts";
import type { TestShop } from "../support/shop.ts";
import { openTroubledShop } from "../support/troubled-shop.ts";

let shop: TestShop;
let folder: string;
let server: FastifyInstance;
let bearer: string;

beforeAll(async () => {
  shop = await openTroubledShop();
  folder = mkdtempSync(join(tmpdir(), "cartwright-notices-"));
  const credentials = new Credentials(shop.folder, shop.workspace.clock);
  server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
  bearer = `Bearer ${credentials.createToken({ name: "test", role: "admin" }).secret}`;
});
afterAll(async () => {
  await server?.close();
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = async (path: string, method: "GET" | "PUT" = "GET", payload?: object) =>
  await server.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { authorization: bearer },
    ...(payload ? { payload } : {}),
  });
const noticesOf = async (path: string): Promise<readonly string[]> =>
  ((await ask(`analyses/${path}`)).json().meta.notices ?? []).map((one: { message: string }) => one.message);

const drop = "checkout_start events are down 80 % since 8 Mar 2025";
const lacking = "14 % of “Order Completed” lack order_id"; // 10 of 70

describe("notices", () => {
  it("stand beside what rests on the kind of event, and beside nothing else", async () => {
    expect(await noticesOf("funnel?steps=view,checkout_start,purchase")).toEqual([drop, lacking]);
    expect(await noticesOf("funnel?steps=view,cart_add")).toEqual([]);
    expect(await noticesOf("stock-history")).toEqual([]);
    // Orders are made of purchase events here.
    expect(await noticesOf("revenue-over-time")).toEqual([lacking]);
    // The Data page shows what is wrong itself.
    expect(await noticesOf("event-mix")).toEqual([]);
  });

  it("stand beside the days that are touched only", async () => {
    const week = "revenue-over-time?period_start=2025-03-01&period_end=";
    expect(await noticesOf(`${week}2025-03-09`)).toEqual([]);
    expect(await noticesOf(`${week}2025-03-10`)).toEqual([lacking]);
    expect(await noticesOf("funnel?steps=view,checkout_start&period_end=2025-03-08")).toEqual([]);
  });

  it("say in the answer what they touch, and are part of what names the answer", async () => {
    const answer = await ask("analyses/revenue-over-time");
    expect(answer.json().meta.notices).toEqual([
      {
        kind: "violation",
        message: lacking,
        event_types: ["purchase"],
        row_kinds: [],
        since_on: "2025-03-09",
        until_on: "2025-03-09",
      },
    ]);
    expect((await ask("analyses/top-products")).json().meta.notices).toHaveLength(1);
    expect("notices" in (await ask("analyses/stock-history")).json().meta).toBe(false);
  });

  it("tell of a source that is late by the time of the question, on the rows it brings", async () => {
    const context = {
      warehouse: shop.workspace.warehouse,
      extent: await readExtent(shop.workspace.warehouse),
      timeZone: "UTC",
    };
    const read = await readStanding(context, false);
    const at = (text: string): number => Date.parse(text);
    const standing: Standing = {
      ...read,
      notices: [],
      sources: [
        {
          source_name: "in/orders-#.csv",
          kind: "orders",
          last_at: "2025-03-05T06:00:00.000Z",
          longest_seconds: 86_400,
          stale_after_seconds: 172_800,
        },
      ],
    };
    const messages = (name: string, now: string): readonly string[] => {
      const analysis = findAnalysis(name);
      if (!analysis) throw new Error(name);
      return noticesFor(standing, analysis, resolveValues(analysis, {}, context.extent), at(now)).map(
        ({ message }) => message,
      );
    };
    expect(messages("revenue-over-time", "2025-03-07T06:00:00Z")).toEqual([]);
    expect(messages("revenue-over-time", "2025-03-07T06:00:01Z")).toEqual([
      "in/orders-#.csv has brought no orders since 5 Mar 2025; its longest pause was 24 hours",
    ]);
    expect(messages("search-terms", "2025-04-01T00:00:00Z")).toEqual([]);
  });

  it("are read once per data version, and seldom while versions follow one another", async () => {
    let [now, reads] = [0, 0];
    const known = { ...(await readStandingOf()), notices: [] };
    const keeper = new StandingKeeper(
      async () => {
        reads += 1;
        return known;
      },
      () => now,
    );
    for (let question = 0; question < 1000; question += 1) await keeper.at("1");
    expect(reads).toBe(1);
    for (let version = 2; version < 12; version += 1) {
      now += 5000;
      await Promise.all(Array.from({ length: 50 }, async () => await keeper.at(String(version))));
    }
    // 50 seconds: after 30 of them once.
    expect(reads).toBe(2);
    now += 30_000;
    await keeper.at("11");
    expect(reads).toBe(3);
  });
});

const readStandingOf = async (): Promise<Standing> =>
  await readStanding(
    { warehouse: shop.workspace.warehouse, extent: await readExtent(shop.workspace.warehouse), timeZone: "UTC" },
    true,
  );

it("reads what an analysis rests on from its SQL", () => {
  const touched = (name: string, given = {}, ordersFromEvents = true): readonly string[] => {
    const analysis = findAnalysis(name);
    if (!analysis) throw new Error(name);
    return [...touchOf(analysis, resolveValues(analysis, given, emptyExtent), ordersFromEvents).eventTypes].sort();
  };
  expect(touched("search-terms")).toContain("search");
  expect(touched("abandoned-carts")).toEqual(["cart_add", "cart_remove", "purchase"]);
  expect(touched("revenue-by-category")).toEqual(["purchase", "refund"]);
  expect(touched("revenue-by-category", {}, false)).toEqual([]);
  expect(touched("event-mix")).toHaveLength(13);
  expect(touched("cart-abandonment")).toEqual(["cart_add", "purchase"]);
  expect(touched("product-conversion")).toEqual(expect.arrayContaining(["cart_add", "purchase", "view"]));
  expect(touched("churn")).toEqual([]);
});

it("a plan is set, shown and refused over the API", async () => {
  expect((await ask("tracking-plan")).statusCode).toBe(404);
  const plan = { events: { "Order Completed": { required: ["order_id"] } } };
  const made = await ask("tracking-plan", "PUT", plan);
  expect([made.statusCode, made.json().version]).toEqual([200, 1]);
  expect((await ask("tracking-plan", "PUT", plan)).json().version).toBe(2);
  expect((await ask("tracking-plan")).json().events["Order Completed"].required).toEqual(["order_id"]);
  const refused = await ask("tracking-plan", "PUT", { events: { A: { kind: 1 } } });
  expect([refused.statusCode, refused.json().code]).toEqual([422, "tracking_plan_invalid"]);
  expect((await ask("tracking-plan/draft")).statusCode).toBe(404);
});

it("the command line checks, sets, shows and drafts a plan, and says what is wrong beside rows", async () => {
  const program = fileURLToPath(new URL("../../bin/cartwright", import.meta.url));
  const run = (...args: readonly string[]) => {
    try {
      const stdout = execFileSync(program, [...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
      return { status: 0, stdout, stderr: "" };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { status, stdout, stderr };
    }
  };
  const at = ["--workspace", shop.folder];
  const messages = join(folder, "messages.jsonl");
  writeFileSync(messages, `${JSON.stringify({ type: "track", event: "Spun", properties: { to: 3 } })}\n`);
  const draft = run("plan", "draft", messages);
  expect(JSON.parse(draft.stdout).events.Spun.properties).toEqual({
    to: { description: "in 100 % of messages", type: "integer" },
  });
  const file = join(folder, "plan.json");
  writeFileSync(file, draft.stdout);
  expect(run("plan", "check", file).status).toBe(0);
  expect(run("plan", "set", file, ...at).status).toBe(0);
  expect(readFileSync(join(shop.folder, "tracking-plan.json"), "utf8")).toContain('"Spun"');
  expect(JSON.parse(run("plan", "show", ...at).stdout).events.Spun.expected).toBe(true);
  writeFileSync(file, '{\n  "events": []\n}\n');
  const wrong = run("plan", "check", file);
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining(`${file}, line 2: events`)]);
  expect(run("plan", "set", join(folder, "none.json"), ...at).status).not.toBe(0);
});

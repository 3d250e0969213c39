/** The routes shops ask while a page loads. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { trainPropensity } from "../src/ml/propensity/train.ts";
import { trainRecommendations } from "../src/ml/recommendations/train.ts";
import { describeCornerShop } from "./support/corner-shop.ts";
import { fixedClock } from "./support/shop.ts";

describeCornerShop("recommendations and scores over HTTP", (query, shop) => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-scoring-"));
  let server: FastifyInstance;
  let authorization: string;
  const get = async (url: string) => await server.inject({ url, headers: { authorization } });

  beforeAll(async () => {
    const { workspace } = shop();
    const { warehouse } = workspace;
    const credentials = new Credentials(folder, fixedClock());
    authorization = `Bearer ${credentials.createToken({ name: "shop", role: "viewer" }).secret}`;
    server = await createServer({ workspace, credentials, logFile: null });
    await server.ready();
    const context = {
      warehouse,
      clock: fixedClock(),
      version: "test",
      seed: 1,
      cutoff: "2025-04-21",
      onProgress: () => {},
    };
    await trainPropensity(context, "propensity", 30);
    await trainRecommendations(context, 30);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("recommend what the analysis does, word for word, to everybody, beside every product and to both together", async () => {
    const { warehouse } = shop().workspace;
    const people = await warehouse.query("select customer_id from dim_customer where customer_id != ''");
    const products = await warehouse.query("select product_id from dim_product where product_id != ''");
    expect([people.length, products.length]).toEqual([expect.any(Number), 7]);
    const asked: Record<string, string>[] = [
      {},
      { customer_id: "nobody" },
      ...people.map(({ customer_id }) => ({ customer_id: String(customer_id) })),
      ...products.map(({ product_id }) => ({ product_id: String(product_id) })),
      ...people.map(({ customer_id }) => ({ customer_id: String(customer_id), product_id: "P3" })),
    ];
    for (const given of asked) {
      const expected = await query("recommendations", { ...given, limit: 4 });
      const answer = await get(`/api/v1/recommendations?${new URLSearchParams({ ...given, limit: "4" })}`);
      expect(answer.statusCode, answer.body).toBe(200);
      const rows = expected.map((row) => ({ ...row, score: expect.closeTo(Number(row.score), 12) }));
      expect(answer.json().rows, JSON.stringify(given)).toEqual(rows);
    }
  });

  it("recommend beside a cart what goes with all of it, and nothing that is in it or sold out", async () => {
    const idsOf = async (search: string): Promise<readonly string[]> =>
      (await get(`/api/v1/recommendations?${search}`)).json().rows.map((row: { product_id: string }) => row.product_id);
    const beside = await idsOf("cart=P1&cart=P4");
    expect(beside).not.toContain("P1");
    expect(beside).not.toContain("P4");
    // What goes with the product put in last is what the product's own page offers, but for the other's.
    const own = (await idsOf("product_id=P4")).filter((id) => id !== "P1");
    expect(new Set(beside)).toEqual(new Set([...own, ...(await idsOf("product_id=P1")).filter((id) => id !== "P4")]));
    expect((await get("/api/v1/recommendations?limit=0")).statusCode).toBe(400);
    expect((await server.inject({ url: "/api/v1/recommendations" })).statusCode).toBe(401);
  });

  it("score one customer; null for whom nobody knows, and for what is not trained", async () => {
    const everyone = await query("propensity");
    const answer = await get("/api/v1/score/propensity?customer_id=C01");
    expect(answer.json()).toEqual({ customer_id: "C01", score: everyone.find((row) => row.customer_id === "C01") });
    expect((await get("/api/v1/score/propensity?customer_id=nobody")).json()).toMatchObject({ score: null });
    expect((await get("/api/v1/score/churn?customer_id=C01")).json()).toMatchObject({ score: null });
    expect((await get("/api/v1/score/propensity")).statusCode).toBe(400);
    expect((await get("/api/v1/score/propensity?customer_id=C01&horizon_days=7")).statusCode).toBe(404);
  });
});

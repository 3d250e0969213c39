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

  it("recommend what the analysis does, as many as asked for", async () => {
    const answer = await get("/api/v1/recommendations?customer_id=C01&limit=2");
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toEqual({ rows: await query("recommendations", { customer_id: "C01", limit: 2 }) });
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

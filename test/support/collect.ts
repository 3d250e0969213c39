/** The door for events on a shop of its own, and messages to send through it. */
import type { FastifyInstance, InjectOptions } from "fastify";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { Credentials } from "../../src/api/credentials.ts";
import { createServer } from "../../src/api/server.ts";
import { Collector, collectOnce } from "../../src/collect/index.ts";
import { emptyWarehouse } from "./ingest.ts";
import { openTestShop, type TestShop } from "./shop.ts";

export interface Answer {
  readonly success: boolean;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly events: readonly { message_id: string; verdict: string; reason: string }[];
}

type Headers = Record<string, string>;

export class Door {
  readonly shop: TestShop;
  readonly server: FastifyInstance;
  readonly credentials: Credentials;
  readonly collector: Collector;
  readonly address: string;
  readonly key: string;

  private constructor(parts: Omit<Door, "basic" | "load" | "post" | "send" | "close">) {
    this.shop = parts.shop;
    this.server = parts.server;
    this.credentials = parts.credentials;
    this.collector = parts.collector;
    this.address = parts.address;
    this.key = parts.key;
  }

  static async open(): Promise<Door> {
    const shop = await openTestShop({
      collect: { origins: ["https://shop.example"], interval_seconds: 2, max_waiting_bytes: 1_048_576 },
    });
    const credentials = new Credentials(shop.folder, shop.workspace.clock);
    const { key } = credentials.createWriteKey("test");
    const collector = new Collector(shop.workspace);
    const server = await createServer({ workspace: shop.workspace, credentials, logFile: null, collector });
    const address = await server.listen({ host: "127.0.0.1", port: 0 });
    return new Door({ shop, server, credentials, collector, address, key });
  }

  basic(secret = this.key): Headers {
    return { authorization: `Basic ${Buffer.from(`${secret}:`).toString("base64")}` };
  }

  /** One round of the server's own: what is on disk goes into the warehouse. */
  async load(): Promise<void> {
    await collectOnce(this.shop.workspace, this.collector);
  }

  async post(path: string, body: object | Buffer | string, headers: Headers = this.basic()) {
    return await this.server.inject({
      method: "POST",
      url: `/v1/${path}`,
      headers: { "content-type": "application/json", ...headers },
      payload: body as InjectOptions["payload"] & object,
    });
  }

  async send(...batch: readonly object[]): Promise<Answer> {
    const answer = await this.post("batch", { batch });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json() as Answer;
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.collector.close();
    await this.shop.close();
  }
}

/** One door for a test file, with an empty warehouse for each test. */
export function installDoor(): () => Door {
  let door: Door;
  beforeAll(async () => {
    door = await Door.open();
  });
  afterAll(async () => await door?.close());
  beforeEach(async () => {
    await door.load();
    await emptyWarehouse(door.shop.workspace.warehouse);
  });
  return () => door;
}

export const view = (messageId: string, further: object = {}) => ({
  type: "track",
  event: "Product Viewed",
  messageId,
  userId: "ada",
  timestamp: "2026-01-01T10:00:00.000Z",
  properties: { product_id: "kettle", price: 20, colour: "red" },
  ...further,
});
export const order = (messageId: string, orderId: string) => ({
  type: "track",
  event: "Order Completed",
  messageId,
  userId: "ada",
  timestamp: "2026-01-01T11:00:00.000Z",
  properties: {
    order_id: orderId,
    currency: "GBP",
    products: [
      { product_id: "kettle", price: 20, quantity: 2, name: "Kettle", category: "kitchen" },
      { product_id: "cup", price: 3.5, quantity: 1, variant: "blue" },
    ],
  },
});
export const verdicts = (answer: Answer): readonly string[] => answer.events.map((one) => one.verdict);

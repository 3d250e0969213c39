/** Over HTTP, while events come in: what waits in the journal is erased with the rest. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verify } from "../../src/warehouse/verify.ts";
import { Door } from "../support/collect.ts";
import { placesIn } from "./traces.ts";

describe("administrators", () => {
  let door: Door;
  beforeAll(async () => {
    door = await Door.open();
    await door.load();
  }, 120_000);
  afterAll(async () => await door?.close());

  const ask = async (role: "admin" | "analyst", path: string, body?: object) => {
    const { secret } = door.credentials.createToken({ name: "test", role });
    return await door.server.inject({
      method: body === undefined ? "GET" : "POST",
      url: `/api/v1/personal-data/${path}`,
      headers: { authorization: `Bearer ${secret}` },
      ...(body === undefined ? {} : { payload: body }),
    });
  };
  const track = (messageId: string, userId: string) => ({
    type: "track",
    messageId,
    userId,
    event: "Products Searched",
    timestamp: "2025-12-31T10:00:00Z",
    properties: { query: `a gift for ${userId}` },
  });

  it("hand out and erase a person whom events still tell of; nobody else may", async () => {
    const traits = { email: "grace@example.com", name: "Grace Hopper" };
    await door.send(
      { type: "identify", messageId: "i1", userId: "grace-1906", traits },
      track("t1", "grace-1906"),
      track("t2", "alan-1912"),
    );
    await door.load();
    await door.send(track("t3", "grace-1906"));
    for (const path of ["export", "erase"])
      expect((await ask("analyst", path, { id: "grace-1906" })).statusCode).toBe(403);
    expect((await ask("admin", "export", {})).statusCode).toBe(400);
    expect((await ask("admin", "erase", { finish: true })).statusCode).toBe(204);
    expect((await ask("admin", "export", { id: "nobody-0" })).json()).toMatchObject({ code: "person_unknown" });
    const exported = (await ask("admin", "export", { email: "Grace@example.com" })).json();
    expect(exported.person.ids).toEqual(["grace-1906"]);
    expect(Object.keys(exported.files)).toEqual([expect.stringMatching(/^collect\/events\//)]);
    const erased = await ask("admin", "erase", { id: "grace-1906" });
    expect(erased.json()).toMatchObject({ actor: "test", counts: { fct_events: 2, stg_customers: 1 } });
    expect((await ask("admin", "erasures")).json().rows).toMatchObject([{ state: "done", actor: "test" }]);
    // A message sent once more by a client that had no answer.
    await door.send(track("t1", "grace-1906"), track("t4", "grace-1906"));
    await door.load();
    const { warehouse, config, folders } = door.shop.workspace;
    const rows = await warehouse.query(
      "select customer_key = 0 as is_nobody, count() as n from fct_events group by is_nobody order by is_nobody",
    );
    expect(rows.map(({ is_nobody, n }) => [Number(is_nobody), Number(n)])).toEqual([
      [0, 3],
      [1, 1],
    ]);
    expect(await placesIn(warehouse, folders.root, ["grace-1906", "grace@example.com", "Grace Hopper"])).toEqual([]);
    expect((await verify(warehouse, config)).differences).toEqual([]);
  }, 120_000);
});

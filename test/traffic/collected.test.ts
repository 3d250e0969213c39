import { expect, it } from "vitest";
import { installDoor, view } from "../support/collect.ts";
import { firefox, flagged, googlebot } from "./traffic-shop.ts";

const door = installDoor();
const origin = "https://shop.example";

/** Sends over HTTP, as what has the user agent does. */
async function send(body: object, headers: Record<string, string>): Promise<void> {
  const { address, key } = door();
  const answer = await fetch(`${address}/v1/track`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ ...body, writeKey: key }),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

it("flags what a browser without a person sends, by the request's own header, and no shop's server", async () => {
  await send(view("m1", { userId: "crawler" }), { origin, "user-agent": googlebot });
  await send(view("m2", { userId: "reader" }), { origin, "user-agent": firefox });
  // A server speaks for people: its program is not what they look with.
  await send(view("m3", { userId: "served" }), { "user-agent": "axios/1.7.2" });
  // What the message says counts more than who passes it on.
  await send(view("m4", { userId: "passed-on", context: { userAgent: googlebot } }), { origin, "user-agent": firefox });
  await send(view("m5", { userId: "odd", context: "no object" }), { origin, "user-agent": googlebot });
  await door().load();
  expect(await flagged(door().shop)).toEqual(["2026-01-01 crawler robot", "2026-01-01 passed-on robot"]);
  const kinds = await door().shop.query("event-mix", { traffic: "people" });
  expect(kinds).toMatchObject([{ event_type: "view", event_count: 3 }]);
  expect(await door().shop.query("event-mix")).toMatchObject([{ event_type: "view", event_count: 5 }]);
});

import { expect, it } from "vitest";
import { LiveCounts } from "./live-counts.ts";
import { type ReadMessage, readMessage } from "./message.ts";

/** Counts by a clock that stands at what was noted last. */
function counted(): { live: LiveCounts; note: (message: object, milliseconds: number) => void } {
  let now = 0;
  const live = new LiveCounts({ now: () => now });
  const note = (message: object, milliseconds: number): void => {
    const at = Date.UTC(2026, 0, 1) + milliseconds;
    now = at;
    const delivery = { sentAt: undefined, received: at, newId: () => "made", planCheck: () => "" };
    live.noteAccepted(readMessage({ type: "track", event: "Product Viewed", ...message }, delivery) as ReadMessage, at);
  };
  return { live, note };
}
const second = 1000;

it("holds no more after a day that nobody looked at than a picture shows", () => {
  const { live, note } = counted();
  for (let minute = 0; minute < 24 * 60; minute += 1)
    for (let visitor = 0; visitor < 20; visitor += 1) {
      const properties = { product_id: `p-${visitor}`, name: `Product ${visitor}` };
      note({ userId: `v-${minute}-${visitor}`, properties }, (minute * 60 + visitor) * second);
      note(
        { type: "page", userId: `v-${minute}-${visitor}`, properties: { path: `/${visitor}` } },
        minute * 60 * second,
      );
    }
  const heldCount = live.heldCount;
  expect(live.picture().visitor_count).toBeLessThanOrEqual(6 * 20);
  // Six minutes of visitors, 31 minutes of pages and as many of products, and the names of products.
  expect(heldCount).toBeLessThanOrEqual(6 * 20 + 2 * 31 * 20 + 20);
  expect(heldCount).toBeGreaterThan(5 * 20 + 2 * 30 * 20);
});

it("names a product that is looked at now, however many were before", () => {
  const { live, note } = counted();
  for (let at = 0; at < 6000; at += 1)
    note({ userId: "ann", properties: { product_id: `old-${at}`, name: `Old ${at}` } }, at);
  for (let times = 0; times < 3; times += 1)
    note({ userId: "ann", properties: { product_id: "new", name: "New kettle" } }, 31 * 60 * second);
  expect(live.picture().products).toEqual([{ product_id: "new", product_name: "New kettle", event_count: 3 }]);
});

import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("event-mix", (query) => {
  it("counts each kind of event, the most frequent first", async () => {
    expect(await query("event-mix")).toEqual([
      { event_type: "view", event_count: 15, event_share_rate: 15 / 33 },
      { event_type: "cart_add", event_count: 8, event_share_rate: 8 / 33 },
      { event_type: "purchase", event_count: 7, event_share_rate: 7 / 33 },
      { event_type: "search", event_count: 1, event_share_rate: 1 / 33 },
      { event_type: "cart_remove", event_count: 1, event_share_rate: 1 / 33 },
      { event_type: "refund", event_count: 1, event_share_rate: 1 / 33 },
    ]);
  });

  it("narrows to a channel", async () => {
    expect(await query("event-mix", { channel: "app" })).toMatchObject([
      { event_type: "view", event_count: 2 }, // S3, S9
      { event_type: "cart_add", event_count: 1 },
      { event_type: "purchase", event_count: 1 },
      { event_type: "refund", event_count: 1 },
    ]);
  });
});

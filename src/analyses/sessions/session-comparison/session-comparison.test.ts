import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("session-comparison", (query) => {
  it("sets sessions with a purchase beside the others", async () => {
    expect(await query("session-comparison")).toEqual([
      {
        segment: "purchaser", // S2 0, S3 600, S4 60, S5 1800, S8 180, S10 600, S14 0 seconds
        session_count: 7,
        mean_duration_seconds: 3240 / 7,
        median_duration_seconds: 180,
        mean_event_count: 19 / 7, // 3, 3, 2, 3, 4, 3, 1
        median_event_count: 3,
        p25_duration_seconds: 30, // sorted 0 0 60 180 600 600 1800: place 1.5
        p75_duration_seconds: 600, // place 4.5
        p90_duration_seconds: expect.closeTo(1080, 9), // place 5.4
        p25_event_count: 2.5, // sorted 1 2 3 3 3 3 4
        p75_event_count: 3,
        p90_event_count: expect.closeTo(3.4, 9),
      },
      {
        segment: "non_purchaser", // S1 300, S6 1200, Kim 1200 and 0, S9 0, S11 360, S12 0 seconds
        session_count: 7,
        mean_duration_seconds: 3060 / 7,
        median_duration_seconds: 300,
        mean_event_count: 13 / 7, // 2, 3, 2, 1, 1, 3, 1
        median_event_count: 2,
        p25_duration_seconds: 0, // sorted 0 0 0 300 360 1200 1200
        p75_duration_seconds: 780,
        p90_duration_seconds: 1200,
        p25_event_count: 1, // sorted 1 1 1 2 2 3 3
        p75_event_count: 2.5,
        p90_event_count: 3,
      },
    ]);
  });

  it("takes the mean of the two middle values of an even number", async () => {
    const rows = await query("session-comparison", { period_start: "2025-01-01", period_end: "2025-02-01" });
    // Purchasers of January: 0, 60, 600, 1800 seconds; 3, 3, 2, 3 events.
    expect(rows[0]).toMatchObject({ session_count: 4, median_duration_seconds: 330, median_event_count: 3 });
  });
});

import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("session-trends", (query) => {
  it("counts sessions in the month they started", async () => {
    expect(await query("session-trends", { grain: "month" })).toEqual([
      row("2025-01-01", [300, 0, 600, 60, 1800], 4, 300, [2, 3, 3, 2, 3]), // S1 to S5
      row("2025-02-01", [1200], 0, 1200, [3]), // S6
      row("2025-03-01", [1200, 0, 0, 180, 0], 2, 0, [2, 1, 1, 4, 1]), // Kim twice, S14, S8, S9
      row("2025-04-01", [600, 360, 0], 1, 360, [3, 3, 1]), // S10, S11, S12
    ]);
  });

  it("keeps the sessions that touched a brand, whole: what else happened in them counts with it", async () => {
    const [january, february, ...later] = await query("session-trends", { grain: "month", brand: ["Lumo"] });
    expect(later.map((month) => month.session_count)).toEqual([0, 0]);
    expect([january, february]).toEqual([
      row("2025-01-01", [600], 1, 600, [3]), // S3
      row("2025-02-01", [1200], 0, 1200, [3]), // S6: a look at the pen, and two events of Acme's toaster
    ]);
    const acme = await query("session-trends", { grain: "month", brand: ["Acme"], period_start: "2025-03-01" });
    expect(acme).toEqual([
      row("2025-03-01", [1200, 0, 180, 0], 2, 90, [2, 1, 4, 1]), // Kim once, S14, S8, S9
      row("2025-04-01", [600, 0], 1, 300, [3, 1]), // S10, S12
    ]);
  });

  it("has no rates on days without sessions", async () => {
    const [row] = await query("session-trends", { period_start: "2025-01-03", period_end: "2025-01-04" });
    expect(row).toMatchObject({ session_count: 0, session_conversion_rate: null, mean_duration_seconds: null });
  });
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function row(period_on: string, seconds: number[], purchasing: number, median: number, events: number[]): object {
  return {
    period_on,
    session_count: seconds.length,
    purchasing_session_count: purchasing,
    mean_duration_seconds: mean(seconds),
    session_conversion_rate: purchasing / seconds.length,
    median_duration_seconds: median,
    mean_event_count: mean(events),
  };
}

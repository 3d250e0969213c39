/**
 * The funnel beside its definition tried out in full: 2,000 random histories, most with events of equal time, imported as a
 * file whose rows are in no order of time, so that ties are decided by the order of rows and by nothing else.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../src/stats/random.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

interface Touch {
  readonly kind: string;
  readonly at: number;
  readonly row: number;
}

const hour = 3_600_000;
const kinds = ["view", "cart_add", "checkout_start", "purchase", "search"] as const;
const channelCount = 20;
const historyCount = 2000;

/** Histories by number; each is one customer with one session id in one of the channels. Times are whole half-hours of one day. */
function makeHistories(): { histories: Touch[][]; csv: string } {
  const random = createRandom(20260101);
  const rows: { history: number; kind: string; at: number }[] = [];
  for (let history = 0; history < historyCount; history += 1) {
    const spread = random.pick([1, 3, 12, 40]);
    const kindCount = random.pick([3, 4, 5]);
    for (let left = random.integer(1, 9); left > 0; left -= 1) {
      rows.push({
        history,
        kind: kinds[random.integer(0, kindCount - 1)] ?? "view",
        at: Date.UTC(2025, 5, 1, 1) + random.integer(0, spread) * (hour / 2),
      });
    }
  }
  for (let place = rows.length - 1; place > 0; place -= 1) {
    const other = random.integer(0, place);
    const [a, b] = [rows[place], rows[other]];
    if (a && b) [rows[place], rows[other]] = [b, a];
  }
  const histories: Touch[][] = Array.from({ length: historyCount }, () => []);
  for (const [row, { history, kind, at }] of rows.entries()) histories[history]?.push({ kind, at, row });
  for (const touches of histories) touches.sort((a, b) => a.at - b.at || a.row - b.row);
  const lines = rows.map(
    ({ history, kind, at }) =>
      `${new Date(at).toISOString()},${kind},${history + 1},s${history},c${history % channelCount}`,
  );
  return { histories, csv: `event_at,event_type,customer_id,session_id,channel\n${lines.join("\n")}\n` };
}

type Order = "strict" | "ordered" | "all" | "any";

/** Whether a run from `from`, where the event of step `done - 1` is, can be continued to `goal` steps; tries every choice. */
function canContinue(
  history: readonly Touch[],
  steps: readonly string[],
  run: { from: number; start: number; done: number; goal: number },
  rules: { order: Order; window: number },
): boolean {
  if (run.done === run.goal) return true;
  for (let place = run.from + 1; place < history.length; place += 1) {
    const touch = history[place];
    if (!touch || touch.at - run.start > rules.window) return false;
    const step = steps.indexOf(touch.kind);
    if (step === run.done && canContinue(history, steps, { ...run, from: place, done: run.done + 1 }, rules))
      return true;
    const isOther = step >= 0 && step !== run.done && step !== run.done - 1;
    if (rules.order === "strict" && isOther) return false;
  }
  return false;
}

function reaches(
  history: readonly Touch[],
  steps: readonly string[],
  goal: number,
  order: Order,
  window: number,
): boolean {
  if (order === "any") return history.some((touch) => touch.kind === steps[goal - 1]);
  if (order === "all") {
    return history.some((first) =>
      steps
        .slice(0, goal)
        .every((step) =>
          history.some((touch) => touch.kind === step && touch.at >= first.at && touch.at <= first.at + window),
        ),
    );
  }
  return history.some(
    (touch, place) =>
      touch.kind === steps[0] &&
      canContinue(history, steps, { from: place, start: touch.at, done: 1, goal }, { order, window }),
  );
}

describe("the funnel agrees with trying out every choice of events, on 2,000 random histories", () => {
  const { histories, csv } = makeHistories();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
    const path = join(shop.folder, "histories.csv");
    writeFileSync(path, csv);
    await shop.load([path]);
  });
  afterAll(async () => await shop.close());

  const stepLists = [
    ["view", "cart_add", "purchase"],
    ["view", "cart_add", "checkout_start", "purchase"],
    ["purchase", "view"],
  ];
  const cases = (["strict", "ordered", "all", "any"] as const).flatMap((order) => [
    { basis: "sessions", order, windowHours: 720 },
    { basis: "customers", order, windowHours: 720 },
    { basis: "customers", order, windowHours: 1 },
    { basis: "customers", order, windowHours: 5 },
  ]);

  it.each(cases)("$basis, $order, within $windowHours hours", async ({ basis, order, windowHours }) => {
    for (const steps of stepLists) {
      const counted = await Promise.all(
        Array.from({ length: channelCount }, async (_, channel) => {
          const given = { basis, order, steps, window_hours: windowHours, channel: `c${channel}` };
          return (await shop.query("funnel", given)).map((row) => row.entity_count);
        }),
      );
      const expected = Array.from({ length: channelCount }, (_, channel) =>
        steps.map(
          (_step, place) =>
            histories.filter(
              (history, number) =>
                number % channelCount === channel && reaches(history, steps, place + 1, order, windowHours * hour),
            ).length,
        ),
      );
      expect(counted).toEqual(expected);
    }
  });

  it("never widens, except where each step is counted alone", async () => {
    for (const order of ["strict", "ordered", "all"]) {
      const counts = (await shop.query("funnel", { order, steps: [...kinds] })).map((row) => Number(row.entity_count));
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
    }
  });
});

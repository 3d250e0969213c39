import { expect, it } from "vitest";
import { entryOf } from "../components/use-analysis.ts";
import { initialView, readView, type ViewState, writeView } from "../view-state.ts";
import { type BoardCard, chartOf, keptBy, lensOf, moved, searchOfCard } from "./board.ts";

const view = (search: string): ViewState => readView(new URLSearchParams(search));
const entry = (name: string) => {
  const found = entryOf(name);
  if (!found) throw new Error(name);
  return found;
};
const over = entry("revenue-over-time");
const card = (search: string, id = "0000000a"): BoardCard => ({
  id,
  analysis: "revenue-over-time",
  title: null,
  size: "full",
  chart: null,
  search,
});
const page = "period=30d&country=France&revenue-over-time.grain=month&funnel.basis=events&open=x&table=y";

it("takes along the controls of its analysis, and period and filters only when they are to be kept", () => {
  const take = (period: boolean, filters: boolean) =>
    searchOfCard(over, view(page), { depth: "1" }, { period, filters });
  expect(take(false, false)).toBe("revenue-over-time.grain=month&revenue-over-time.depth=1");
  expect(take(true, true)).toMatch(/^period=30d&country=France&revenue-over-time\.grain=month/);
  expect(keptBy(card(take(true, false)))).toEqual({ period: true, filters: false });
  // Everything is a period too.
  expect(keptBy(card(searchOfCard(over, initialView, {}, { period: true, filters: false })))).toMatchObject({
    period: true,
  });
});

it("sees what it keeps in the place of the page's, and the rest as the page has it", () => {
  const seen = lensOf(card("from=2025-01-01&to=2025-01-31&revenue-over-time.grain=week"), over).see(view(page));
  expect(seen.period).toEqual({ kind: "days", from: "2025-01-01", to: "2025-01-31" });
  expect(seen.filters.country).toEqual(["France"]);
  expect(seen.controls).toEqual({ "revenue-over-time": { grain: "week" } });
  expect(seen).toMatchObject({ open: "x", tables: ["y"] });
});

it("writes changed controls under its own id, so that two cards of one analysis differ", () => {
  const [one, other] = ["0000000a", "0000000b"].map((id) => lensOf(card("revenue-over-time.grain=week", id), over));
  const set =
    (grain: string | null) =>
    (seen: ViewState): ViewState => ({
      ...seen,
      controls: { "revenue-over-time": grain === null ? {} : { grain } },
    });
  const changed = one?.change(view(""), set("day")(one.see(view("")))) ?? initialView;
  expect(writeView(changed).toString()).toBe("0000000a.grain=day");
  expect(one?.see(changed).controls).toEqual({ "revenue-over-time": { grain: "day" } });
  expect(other?.see(changed).controls).toEqual({ "revenue-over-time": { grain: "week" } });
  // Put back to its default it is not what was kept, but the default.
  const back = one?.change(changed, set(null)(one.see(changed))) ?? initialView;
  expect(back.controls).toEqual({ "0000000a": { grain: "month" } });
});

it("leaves a kept period alone when a card is clicked, and filters the page when it follows it", () => {
  const lens = lensOf(card("period=7d"), over);
  const seen = lens.see(view("country=France"));
  const next = lens.change(view("country=France"), { ...seen, filters: { ...seen.filters, country: ["Spain"] } });
  expect(writeView(next).toString()).toBe("country=Spain");
});

it("draws the kept chart only while its columns are there", () => {
  const kept = { kind: "bar", x: "period_on", y: "order_count" } as const;
  expect(chartOf({ ...card(""), chart: kept }, over)).toBe(kept);
  expect(chartOf({ ...card(""), chart: { ...kept, y: "gone" } }, over)).toBe(over.chart);
});

it("moves a card by places, and never off the board", () => {
  const cards = ["a", "b", "c"].map((id) => card("", id));
  const order = (id: string, by: number) =>
    moved(cards, id, by)
      .map((one) => one.id)
      .join("");
  expect([order("a", 1), order("c", -2), order("b", -1), order("a", -1), order("c", 1)]).toEqual([
    "bac",
    "cab",
    "bac",
    "abc",
    "abc",
  ]);
});

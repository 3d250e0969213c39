import { expect, test } from "vitest";
import { changeOf } from "./change.ts";
import { createFormat, localeOf, unknown } from "./format.ts";
import { addDays, addMonths, agoText, dayText, instantText, rangeText } from "./format-dates.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ").replaceAll("\u202f", " ");
const british = createFormat({ locale: "en-GB", currency: "GBP", currencyDecimals: 2, timeZone: "Europe/London" });
const german = createFormat({ locale: "de-DE", currency: "EUR", currencyDecimals: 2, timeZone: "Europe/Berlin" });
const yen = createFormat({ locale: "en-GB", currency: "JPY", currencyDecimals: 0, timeZone: "Asia/Tokyo" });
const dinar = createFormat({ locale: "en-GB", currency: "KWD", currencyDecimals: 3, timeZone: "Asia/Kuwait" });

test("an unknown value is a dash in every unit, never a zero", () => {
  const written = [british.count, british.money, british.moneyShort, british.rate, british.seconds, british.day].map(
    (write) => write(null),
  );
  expect(new Set(written)).toEqual(new Set([unknown]));
  expect(british.value({ unit: "flag" }, null)).toBe(unknown);
  expect(british.value({ unit: "text" }, null)).toBe(unknown);
});

test("counts are exact in tables and short at a glance", () => {
  expect(british.count(1234)).toBe("1,234");
  expect(plain(british.countShort(1234))).toBe("1,234");
  expect(plain(british.countShort(12_345))).toBe("12.3 k");
  expect(plain(british.countShort(1_240_000))).toBe("1.24 M");
  expect(plain(british.countShort(999_950))).toBe("1.00 M");
});

test("whole numbers beyond 2^53 arrive as text and are still written", () => {
  expect(plain(british.countShort("12345678901234567890"))).toBe("12,345,679 T");
});

test("money is divided by the decimals of its currency and written in the reader's way", () => {
  expect(british.money(9310)).toBe("£93.10");
  expect(plain(british.moneyShort(124_000_000))).toBe("£1.24 M");
  expect(plain(german.money(931_012))).toBe("9.310,12 €");
  expect(plain(german.moneyShort(124_000_000))).toBe("1,24 M €");
  expect(yen.money(9310)).toBe("¥9,310");
  expect(plain(dinar.money(9310))).toContain("9.310");
  expect(british.money(-250)).toBe("−£2.50");
});

test("an axis has one scale for all its ticks and drops zeros behind the decimal mark only", () => {
  expect(plain(british.axis({ unit: "money" }, 1_000_000, 4_000_000))).toBe("£10 k");
  expect(plain(british.axis({ unit: "money" }, 600_000, 4_000_000))).toBe("£6 k");
  expect(plain(british.axis({ unit: "count" }, 1_500, 20_000))).toBe("1.5 k");
  expect(plain(british.axis({ unit: "count" }, 1_500, 6_000))).toBe("1,500");
  expect(plain(british.axis({ unit: "days" }, 1000, 1000))).toBe("1,000 d");
  expect(plain(german.axis({ unit: "count" }, 10_000, 20_000))).toBe("10 k");
});

test("rates carry one decimal, two below one per cent", () => {
  expect(plain(british.rate(0.0531))).toBe("5.3 %");
  expect(plain(british.rate(0.00531))).toBe("0.53 %");
  expect(plain(british.rate(0))).toBe("0.0 %");
});

test("durations name at most two units", () => {
  expect(plain(british.seconds(204))).toBe("3 m 24 s");
  expect(plain(british.seconds(3600))).toBe("1 h");
  expect(plain(british.seconds(90_061))).toBe("1 d 1 h");
  expect(plain(british.seconds(0))).toBe("0 s");
});

test("a rise says by how much, in per cent and in money", () => {
  const change = changeOf({ name: "net_revenue_minor", unit: "money" }, 122_830_000, 113_520_000, british);
  expect(plain(change.text)).toBe("+8.2 % (£93.1 k)");
  expect(change).toMatchObject({ direction: "up", verdict: "better" });
});

test("a rise of refunds is worse, and a fall of net revenue too", () => {
  expect(changeOf({ name: "refunds_minor", unit: "money" }, 200, 100, british).verdict).toBe("worse");
  expect(changeOf({ name: "net_revenue_minor", unit: "money" }, 100, 200, british).verdict).toBe("worse");
  expect(changeOf({ name: "abandonment_rate", unit: "rate" }, 0.4, 0.5, british).verdict).toBe("better");
});

test("rates change by points, not by per cent of per cent", () => {
  expect(plain(changeOf({ name: "session_conversion_rate", unit: "rate" }, 0.05, 0.04, british).text)).toBe(
    "+1.0 points",
  );
});

test("without an earlier figure, or from zero, no percentage is claimed", () => {
  const column = { name: "order_count", unit: "count" } as const;
  expect(changeOf(column, 5, null, british)).toMatchObject({ direction: "unknown", text: "no figure before" });
  expect(changeOf(column, 5, 0, british).text).not.toContain("%");
  expect(changeOf(column, 5, 5, british).text).toBe("unchanged");
});

test("days, ranges and instants are written for people", () => {
  expect(dayText("2019-11-04")).toBe("Mon 4 Nov 2019");
  expect(rangeText("2019-11-04", "2019-11-10")).toBe("4–10 Nov 2019");
  expect(rangeText("2019-10-28", "2019-11-03")).toBe("28 Oct – 3 Nov 2019");
  expect(rangeText("2010-12-01", "2011-12-09")).toBe("1 Dec 2010 – 9 Dec 2011");
  expect(rangeText("2019-11-04", "2019-11-04")).toBe("4 Nov 2019");
  expect(instantText("2019-07-01T22:30:00.000Z", "Europe/London")).toBe("Mon 1 Jul 2019, 23:30");
});

test("days are counted on the calendar, over the change of clocks and the ends of months", () => {
  expect(addDays("2019-10-26", 2)).toBe("2019-10-28");
  expect(addMonths("2020-01-31", 1)).toBe("2020-02-29");
  expect(addMonths("2020-03-31", -1)).toBe("2020-02-29");
});

test("freshness counts minutes, hours and days", () => {
  const refreshed = "2020-01-01T00:00:00Z";
  const at = Date.parse(refreshed);
  expect(agoText(refreshed, at + 20_000)).toBe("just now");
  expect(agoText(refreshed, at + 130_000)).toBe("2 min ago");
  expect(agoText(refreshed, at + 5 * 3_600_000)).toBe("5 h ago");
  expect(agoText(refreshed, at + 72 * 3_600_000)).toBe("3 days ago");
});

test("names of locales that Intl refuses are mended or replaced", () => {
  expect(localeOf("en-US@posix")).toBe("en-US");
  expect(localeOf("de_AT")).toBe("de-AT");
  expect(localeOf("c.utf-8!")).toBe("en");
});

test("plain numbers in one column carry the same decimals", () => {
  const write = british.columnFormat({ unit: "number" }, [1, 2.5, null]);
  expect([1, 2.5, null].map(write)).toEqual(["1.00", "2.50", unknown]);
  expect(british.columnFormat({ unit: "number" }, [1, 2])(2)).toBe("2");
  expect(plain(british.columnFormat({ unit: "days" }, [1, 2.25])(1))).toBe("1.0 d");
});

test("values of closed lists are put in words, but only in their own column", () => {
  expect(british.value({ name: "event_type", unit: "text" }, "cart_add")).toBe("Add to cart");
  expect(british.value({ name: "column_name", unit: "text" }, "cart_add")).toBe("cart_add");
  expect(british.value({ name: "country", unit: "text" }, "GB")).toBe("United Kingdom");
  expect(british.value({ name: "country", unit: "text" }, "EIRE")).toBe("EIRE");
  expect(british.value({ name: "channel", unit: "text" }, "paid_search")).toBe("Paid search");
  expect(british.value({ name: "category", unit: "text" }, "home.kitchen")).toBe("Home › kitchen");
});

import { expect, test } from "vitest";
import { createFormat } from "../format.ts";
import { offersSentence } from "./offers-sentence.ts";

const format = createFormat({ locale: "en-GB", currency: "GBP", currencyDecimals: 2, timeZone: "Europe/London" });
const row = (place: string, source: string, net_revenue_minor: number) => ({ place, source, net_revenue_minor });

test("offers: what followed a click, its share, and the place and source with the most; nothing without offers", () => {
  const rows = [row("home", "model", 2500), row("cart", "together", 7500), row("(no offer)", "(no offer)", 90_000)];
  expect(offersSentence(rows, { format }).replaceAll("\u00a0", " ")).toBe(
    "£100.00 followed a click on an offer, 10.0 % of net revenue; most of it on cart (together), £75.00.",
  );
  expect(offersSentence([row("(no offer)", "(no offer)", 90_000)], { format })).toBe("");
  expect(offersSentence([row("home", "model", 500), row("(no offer)", "(no offer)", -500)], { format })).not.toContain(
    "%",
  );
});

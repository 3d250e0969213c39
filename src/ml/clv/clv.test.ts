import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../stats/random.ts";
import { type BgNbd, expectedOfNewCustomer, expectedPurchases, fitBgNbd, probabilityAlive } from "./bg-nbd.ts";
import { expectedMeanValue, fitGammaGamma } from "./gamma-gamma.ts";
import type { PurchaseHistory } from "./history.ts";
import { discountedValue } from "./lifetime-value.ts";
import { paretoExpectedPurchases, paretoProbabilityAlive } from "./pareto-nbd.ts";

/** A customer of the BG/NBD story: exponential waits, and after each purchase a coin that may end it. */
function simulate(
  random: Random,
  { r, alpha, a, b }: BgNbd,
  T: number,
  until: number,
): { history: PurchaseHistory; later: number } {
  const rate = random.gamma(r, 1 / alpha);
  const [one, two] = [random.gamma(a, 1), random.gamma(b, 1)];
  const leaving = one / (one + two);
  let [time, x, tx, later] = [random.exponential(1 / rate), 0, 0, 0];
  while (time < until) {
    if (time <= T) {
      x += 1;
      tx = time;
    } else later += 1;
    if (random.chance(leaving)) break;
    time += random.exponential(1 / rate);
  }
  return { history: { x, tx, T }, later };
}

describe("BG/NBD", () => {
  const truth: BgNbd = { r: 0.8, alpha: 6, a: 0.9, b: 2.5 };
  const random = createRandom(21);
  const shop = Array.from({ length: 20_000 }, (_, index) => simulate(random, truth, 20 + (index % 30), 100));
  const fit = fitBgNbd(shop.map(({ history }) => history));

  it("recovers the parameters of a simulated shop within three standard errors", () => {
    // Standard errors at CDNOW (2,357 customers): 5 %, 9 %, 23 %, 29 %; a third of that with nine times the customers.
    expect(Math.abs(fit.r / truth.r - 1)).toBeLessThan(0.06);
    expect(Math.abs(fit.alpha / truth.alpha - 1)).toBeLessThan(0.09);
    expect(Math.abs(fit.a / truth.a - 1)).toBeLessThan(0.24);
    expect(Math.abs(fit.b / truth.b - 1)).toBeLessThan(0.3);
  });

  it("expects what the simulated customers then buy", () => {
    const expected = shop.reduce((sum, { history }) => sum + expectedPurchases(fit, history, 100 - history.T), 0);
    const actual = shop.reduce((sum, { later }) => sum + later, 0);
    expect(Math.abs(expected / actual - 1)).toBeLessThan(0.04);
  });

  it("agrees with the mean over its mixing distributions, by simulation, also where a is below, at and above 1", () => {
    for (const a of [0.4, 1, 2.5]) {
      const model = { r: 1.5, alpha: 5, a, b: 2 };
      const draws = Array.from({ length: 40_000 }, () => simulate(random, model, 30, 30).history.x);
      const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
      const error = Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / draws.length;
      expect(Math.abs(expectedOfNewCustomer(model, 30) - mean)).toBeLessThan(4 * error);
    }
  });

  it("a silent regular is likelier gone than a silent occasional; a fresh purchase means likely alive (by hand at x = 1)", () => {
    expect(probabilityAlive(truth, { x: 20, tx: 20, T: 40 })).toBeLessThan(
      probabilityAlive(truth, { x: 2, tx: 20, T: 40 }),
    );
    // 1 / (1 + a / b) when the last purchase was just now.
    expect(probabilityAlive(truth, { x: 1, tx: 40, T: 40 })).toBeCloseTo(1 / (1 + 0.9 / 2.5), 12);
    expect(probabilityAlive(truth, { x: 0, tx: 0, T: 40 })).toBe(1);
  });

  it("stays finite for hundreds of purchases", () => {
    expect(expectedPurchases(truth, { x: 800, tx: 99, T: 100 }, 50)).toBeGreaterThan(50);
    expect(expectedPurchases(truth, { x: 800, tx: 50, T: 100 }, 50)).toBeLessThan(1e-6);
  });
});

describe("any data", () => {
  it("fits 1,000 random shops without an exception, a NaN or a negative number", { timeout: 120_000 }, () => {
    const random = createRandom(99);
    const statuses = new Set<string>();
    for (let shop = 0; shop < 1000; shop += 1) {
      const scale = 10 ** random.integer(-1, 3);
      const kind = shop % 5;
      const customers = Array.from({ length: random.integer(1, 16) }, () => {
        const T = kind === 0 ? scale : random.uniform() * scale;
        const x = kind === 1 ? 0 : kind === 2 ? 3 : random.poisson(random.pick([0.2, 1, 8]));
        const tx = x === 0 ? 0 : T * (kind === 3 ? 1 : random.uniform());
        return { x, tx, T, mean: x === 0 ? 0 : kind === 4 ? 20 : random.logNormal(30, 1) };
      });
      const model = fitBgNbd(customers);
      const spending = fitGammaGamma(customers);
      statuses.add(model.status);
      for (const one of customers) {
        const value = spending === null ? 1 : expectedMeanValue(spending, one, 30);
        const outcomes = [
          probabilityAlive(model, one),
          expectedPurchases(model, one, scale),
          value,
          discountedValue(model, one, value, { months: 12, monthLength: scale / 3, monthlyRate: 0.01 }),
        ];
        const isSound =
          outcomes.every((outcome) => Number.isFinite(outcome) && outcome >= 0) && (outcomes[0] ?? 2) <= 1;
        if (!isSound) expect({ shop, kind, one, model, spending, outcomes }).toBeNull();
      }
    }
    expect(statuses.has("converged")).toBe(true);
  });
});

describe("Pareto/NBD", () => {
  it("of a customer who just bought is alive for certain; expects more the longer it looks", () => {
    const model = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
    expect(paretoProbabilityAlive(model, { x: 3, tx: 30, T: 30 })).toBe(1);
    const expected = [1, 10, 52].map((t) => paretoExpectedPurchases(model, { x: 3, tx: 20, T: 30 }, t));
    expect(expected[0]).toBeGreaterThan(0);
    expect(expected[1]).toBeGreaterThan(expected[0] ?? 0);
    expect(expected[2]).toBeGreaterThan(expected[1] ?? 0);
  });

  it("P(alive) of lifetimes' test: x 26, tx 30.86, T 31 is 0.9979", () => {
    const model = { r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 };
    expect(paretoProbabilityAlive(model, { x: 26, tx: 30.86, T: 31 })).toBeCloseTo(0.9979, 4);
  });
});

import { describe, expect, it } from "vitest";
import { bfgs } from "./bfgs.ts";
import { hyp2f1 } from "./hyp2f1.ts";
import { nelderMead } from "./nelder-mead.ts";

const rosenbrock = (x: Float64Array): number => {
  const [a = 0, b = 0] = x;
  return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
};

describe("minima", () => {
  it("BFGS finds that of Rosenbrock's valley, (1, 1), from the usual start", () => {
    const { x, isConverged } = bfgs(rosenbrock, [-1.2, 1]);
    expect(isConverged).toBe(true);
    for (const one of x) expect(one).toBeCloseTo(1, 5);
  });

  it("Nelder and Mead's simplex finds it too", () => {
    const { x } = nelderMead(rosenbrock, [-1.2, 1], { step: 0.5, tolerance: 1e-14, maxEvaluations: 2000 });
    for (const one of x) expect(one).toBeCloseTo(1, 5);
  });

  it("BFGS stays out of where the function is not defined", () => {
    const { x } = bfgs(([one = 0]) => (one > 0 ? one - Math.log(one) : Number.NaN), [5]);
    expect(x[0]).toBeCloseTo(1, 5);
  });
});

describe("the hypergeometric function", () => {
  it("equals elementary functions (Abramowitz and Stegun 15.1.3, 15.1.4, 15.1.8)", () => {
    for (const z of [-3, -0.5, 0.1, 0.5, 0.9, 0.99]) {
      if (z > 0) expect(hyp2f1(1, 1, 2, z)).toBeCloseTo(-Math.log1p(-z) / z, 10);
      expect(hyp2f1(2.5, 0.7, 0.7, z) / (1 - z) ** -2.5).toBeCloseTo(1, 10);
    }
    expect(hyp2f1(0.5, 1, 1.5, 0.25)).toBeCloseTo(Math.log(3), 12);
  });

  it.each([
    [3.2, 1.1, 7.5, 0.9, 1.8606954136623692],
    [1, 2, 3, 0.5, 1.545177444479562],
    [0.5, 1.5, 2.5, -0.7, 0.8447658818688254],
    [200.5, 2.4, 203.2, 0.8, 42.18101702902261],
    [12.3, 0.79, 14.2, 0.999, 7.376982074652219],
    [1.5, 2.5, 4, 0.95, 7.8242263412349855],
    [0.243, 3.2, 3.3, 0.6, 1.2379445890875593],
    [5, 3, 7, -5.5, 0.011020608397163675],
    [0.3, -0.6, 1.7, 0.9999, 0.8777738938711517],
    [-0.4, 0.5, 2.2, 0.99999, 0.8876150407249201],
    [1.3, 2.2, 0.7, 0.97, 39814.683277696364],
    [0.2, 0.3, 0.45, 0.999999, 3.7668347009628746],
  ])("2F1(%d, %d; %d; %d) as SciPy 1.17 has it", (a, b, c, z, expected) => {
    expect(Math.abs(hyp2f1(a, b, c, z) / expected - 1)).toBeLessThan(1e-10);
  });
});

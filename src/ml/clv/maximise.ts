/** Maximum likelihood over positive parameters, from several starts. */
import { bfgs } from "../../stats/bfgs.ts";

/**
 * `converged`: a maximum inside. `at_bound`: the likelihood rises towards a parameter of 0 or infinity, so the customers do
 * not differ in that respect, or are too few to tell; expectations may still be used. `not_converged`: the search got stuck.
 */
export type FitStatus = "converged" | "at_bound" | "not_converged";

export interface Maximum {
  readonly parameters: readonly number[];
  readonly logLikelihood: number;
  readonly status: FitStatus;
}

/** Logarithms of parameters are searched within this distance of 0: from 0.00003 to 30,000, in scaled time. */
const bound = 10.3;

/**
 * @param logLikelihood of positive parameters
 * @param starts positive parameters to start from; the best of all searches is kept
 */
export function maximise(
  logLikelihood: (parameters: readonly number[]) => number,
  starts: readonly (readonly number[])[],
): Maximum {
  const objective = (x: Float64Array): number => {
    let outside = 0;
    for (const one of x) outside += Math.max(0, Math.abs(one) - bound) ** 2;
    const inside = Array.from(x, (one) => Math.exp(Math.min(bound, Math.max(-bound, one))));
    return -logLikelihood(inside) * (1 + outside) + outside;
  };
  const results = starts
    .map((start) => bfgs(objective, start.map(Math.log)))
    .filter((one) => Number.isFinite(one.value))
    .sort((a, b) => a.value - b.value);
  const best = results[0];
  if (!best) return { parameters: starts[0] ?? [], logLikelihood: Number.NEGATIVE_INFINITY, status: "not_converged" };
  const parameters = Array.from(best.x, (one) => Math.exp(Math.min(bound, Math.max(-bound, one))));
  const isAtBound = best.x.some((one) => Math.abs(one) > bound - 2);
  const status = isAtBound ? "at_bound" : best.isConverged ? "converged" : "not_converged";
  return { parameters, logLikelihood: logLikelihood(parameters), status };
}

/** Turns a score on the scale of log-odds into a probability that can be taken at its word. */

export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

/** Leaves a log-odds as it is. */
export const identityScaling: PlattScaling = { slope: 1, intercept: 0 };

/**
 * Fits probability = 1 / (1 + exp(-(slope * margin + intercept))) by maximum likelihood, with the smoothed targets that keep
 * few rows from giving certainty. Order is kept: where the best slope is not positive, the scaling is left at 1 and 0.
 *
 * @param margins log-odds given to rows that the model was not trained on
 * @param labels 1 for happened, 0 for not
 * @see Platt (1999), "Probabilistic Outputs for Support Vector Machines"; Newton's method after Lin, Lin and Weng (2007),
 *   Machine Learning 68(3), 267-276
 */
export function fitPlattScaling(margins: ArrayLike<number>, labels: ArrayLike<number>): PlattScaling {
  let positives = 0;
  for (let row = 0; row < labels.length; row += 1) positives += labels[row]!;
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return identityScaling;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);

  const lossOf = (slope: number, intercept: number): number => {
    let loss = 0;
    for (let row = 0; row < labels.length; row += 1) {
      const margin = slope * margins[row]! + intercept;
      const target = labels[row] === 1 ? high : low;
      loss += Math.max(margin, 0) - margin * target + Math.log1p(Math.exp(-Math.abs(margin)));
    }
    return loss;
  };

  let slope = 1;
  let intercept = 0;
  let loss = lossOf(slope, intercept);
  for (let round = 0; round < 100; round += 1) {
    let [g1, g2, h11, h12, h22] = [0, 0, 1e-12, 0, 1e-12];
    for (let row = 0; row < labels.length; row += 1) {
      const x = margins[row]!;
      const rate = 1 / (1 + Math.exp(-(slope * x + intercept)));
      const error = rate - (labels[row] === 1 ? high : low);
      const weight = rate * (1 - rate);
      g1 += error * x;
      g2 += error;
      h11 += weight * x * x;
      h12 += weight * x;
      h22 += weight;
    }
    if (Math.max(Math.abs(g1), Math.abs(g2)) < 1e-9 * labels.length) break;
    const determinant = h11 * h22 - h12 * h12;
    // All margins alike: only the intercept can be told.
    const stepSlope = determinant > 1e-12 * h11 * h22 ? -(h22 * g1 - h12 * g2) / determinant : 0;
    const stepIntercept = determinant > 1e-12 * h11 * h22 ? -(h11 * g2 - h12 * g1) / determinant : -g2 / h22;
    let size = 1;
    while (size > 1e-10 && lossOf(slope + size * stepSlope, intercept + size * stepIntercept) > loss) size /= 2;
    slope += size * stepSlope;
    intercept += size * stepIntercept;
    const next = lossOf(slope, intercept);
    if (loss - next < 1e-12 * Math.abs(loss)) break;
    loss = next;
  }
  return slope > 0 && Number.isFinite(slope) && Number.isFinite(intercept) ? { slope, intercept } : identityScaling;
}

/** The probability of a margin. */
export function plattProbability({ slope, intercept }: PlattScaling, margin: number): number {
  return 1 / (1 + Math.exp(-(slope * margin + intercept)));
}

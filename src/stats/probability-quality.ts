/** How far predicted probabilities are from what happened. */

/**
 * Mean negative log-likelihood of the labels; probabilities are held 1e-15 away from 0 and 1.
 *
 * @param labels 1 for happened, 0 for not
 */
export function logLoss(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const probability = Math.min(1 - 1e-15, Math.max(1e-15, probabilities[row]!));
    sum -= labels[row]! * Math.log(probability) + (1 - labels[row]!) * Math.log1p(-probability);
  }
  return sum / labels.length;
}

/**
 * Mean squared distance of probability and label.
 *
 * @see Brier (1950), Monthly Weather Review 78(1), 1-3
 */
export function brierScore(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) sum += (probabilities[row]! - labels[row]!) ** 2;
  return sum / labels.length;
}

/**
 * Expected calibration error: rows ordered by probability are cut into equal groups; the mean over rows of the distance
 * between their group's mean probability and its rate of positives.
 */
export function calibrationError(probabilities: ArrayLike<number>, labels: ArrayLike<number>, groupCount = 10): number {
  const rows = labels.length;
  const order = Uint32Array.from({ length: rows }, (_, index) => index).sort(
    (a, b) => probabilities[a]! - probabilities[b]!,
  );
  let error = 0;
  for (let group = 0; group < groupCount; group += 1) {
    let difference = 0;
    const end = Math.round(((group + 1) * rows) / groupCount);
    for (let at = Math.round((group * rows) / groupCount); at < end; at += 1)
      difference += probabilities[order[at]!]! - labels[order[at]!]!;
    error += Math.abs(difference);
  }
  return error / rows;
}

/** Logistic regression on sparse rows. */
import { lbfgs } from "../../stats/l-bfgs.ts";
import type { SparseRows } from "./tf-idf.ts";

export interface LinearModel {
  readonly intercept: number;
  readonly weights: Float64Array;
}

/**
 * Minimises half the squared length of the weights plus `c` times the summed log loss, both classes weighing alike whatever
 * their number. The intercept is free.
 *
 * @param labels 1 or 0 a row; both occur
 */
export function fitLogistic(rows: SparseRows, labels: Uint8Array, columnCount: number, c: number): LinearModel {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const weightOf = [labels.length / (2 * (labels.length - positives)), labels.length / (2 * positives)] as const;
  const objective = (x: Float64Array, gradient: Float64Array): number => {
    let value = 0;
    for (let column = 0; column < columnCount; column += 1) {
      value += 0.5 * x[column]! * x[column]!;
      gradient[column] = x[column]!;
    }
    gradient[columnCount] = 0;
    for (let row = 0; row < labels.length; row += 1) {
      const margin = marginAt(rows, row, x, x[columnCount]!);
      const label = labels[row]!;
      const weight = c * weightOf[label === 1 ? 1 : 0];
      value += weight * (Math.max(margin, 0) - margin * label + Math.log1p(Math.exp(-Math.abs(margin))));
      const error = weight * (1 / (1 + Math.exp(-margin)) - label);
      gradient[columnCount] = gradient[columnCount]! + error;
      for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1) {
        const column = rows.column[at]!;
        gradient[column] = gradient[column]! + error * rows.value[at]!;
      }
    }
    return value;
  };
  const { x } = lbfgs(objective, new Float64Array(columnCount + 1), 1e-3);
  return { weights: x.slice(0, columnCount), intercept: x[columnCount]! };
}

function marginAt(rows: SparseRows, row: number, weights: Float64Array, intercept: number): number {
  let margin = intercept;
  for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1)
    margin += weights[rows.column[at]!]! * rows.value[at]!;
  return margin;
}

/** Log-odds of each row. */
export const logisticMargins = (rows: SparseRows, { weights, intercept }: LinearModel): Float64Array =>
  Float64Array.from({ length: rows.starts.length - 1 }, (_, row) => marginAt(rows, row, weights, intercept));

/** The units of an experiment, arm by arm: what every readout is computed from. */

/** One metric per unit: a share (0 or 1), a value, or a numerator with its denominator. */
export type MetricType = "proportion" | "mean" | "ratio";

export interface Arm {
  readonly variant: string;
  /** One value per unit. */
  readonly metric: Float64Array;
  /** One value per unit for a ratio metric, else null. */
  readonly denominator: Float64Array | null;
  /** Measured before the experiment, one value per unit; null when there is none. */
  readonly covariate: Float64Array | null;
  /** Index of the unit's stratum; null when there are none. */
  readonly stratum: Int32Array | null;
}

/** Rows of a file left out of the analysis, by reason. */
export type Dropped = Readonly<Record<string, number>>;

export interface Units {
  readonly metric: string;
  readonly type: MetricType;
  /** The control first. */
  readonly arms: readonly Arm[];
  readonly dropped: Dropped;
  readonly rowCount: number;
  /** Units whose covariate is unknown; they stand at the mean of the others. */
  readonly covariateMissingCount: number;
  readonly strata: readonly string[];
}

/** What the experiment routes answer, as the page reads it. */

export interface DesignAnswer {
  readonly metric_type: "proportion" | "mean";
  readonly baseline: number;
  readonly treated: number;
  readonly absolute_effect: number;
  readonly sample_size_per_variant: number;
  readonly required_sample_size_per_variant: number;
  readonly total_sample_size: number;
  readonly duration_days: number | null;
  readonly minimum_detectable_effect: number | null;
  readonly achieved_power: number;
  readonly decision_rule: string;
  readonly formula: string;
  readonly curves: {
    readonly critical_effect: number;
    readonly overlap_rate: number;
    readonly distributions: readonly { readonly effect: number; readonly without: number; readonly with: number }[];
    readonly power_curve: readonly { readonly sample_size_per_variant: number; readonly power: number }[];
  };
}

export interface VariantRow {
  readonly variant: string;
  readonly is_control: boolean;
  readonly unit_count: number;
  readonly mean: number | null;
  readonly absolute_effect: number | null;
  readonly relative_effect: number | null;
  readonly ci_lower: number | null;
  readonly ci_upper: number | null;
  readonly relative_ci_lower: number | null;
  readonly relative_ci_upper: number | null;
  readonly p_value: number | null;
  readonly p_value_adjusted: number | null;
  readonly sequential_p_value: number | null;
  readonly probability_best: number | null;
  readonly expected_loss: number | null;
}

export interface ReadoutAnswer {
  readonly metric: string;
  readonly type: "proportion" | "mean" | "ratio";
  readonly method: string;
  readonly alpha: number;
  readonly variants: readonly VariantRow[];
  readonly srm: { readonly chi_squared: number; readonly p_value: number; readonly is_mismatch: boolean };
  readonly dropped: Readonly<Record<string, number>>;
  readonly power: number | null;
  readonly minimum_detectable_effect: number | null;
  readonly immature_count: number;
  readonly warnings: readonly string[];
  readonly guardrails: readonly {
    readonly metric: string;
    readonly variants: readonly VariantRow[];
    readonly is_worse: boolean;
  }[];
  readonly timeline: readonly {
    readonly exposed_on: string;
    readonly variant: string;
    readonly absolute_effect: number | null;
    readonly ci_lower: number | null;
    readonly ci_upper: number | null;
    readonly sequential_ci_lower: number | null;
    readonly sequential_ci_upper: number | null;
  }[];
  readonly segments: readonly { readonly segment: string; readonly variants: readonly VariantRow[] }[];
}

export interface ExperimentAnswer {
  readonly definition: {
    readonly experiment_id: string;
    readonly title: string;
    readonly metric: string;
    readonly hypothesis: string;
    readonly window_days: number;
    readonly planned_count: number | null;
    readonly decision: string | null;
  };
  readonly status: string;
  readonly journal: readonly {
    readonly sequence: number;
    readonly happened_at: string;
    readonly actor: string;
    readonly action: string;
    readonly note: string;
  }[];
}

export interface BanditDay {
  readonly day: number;
  readonly bandit_regret: number;
  readonly fixed_regret: number;
  readonly best_share_rate: number;
}

export interface AaAnswer {
  readonly customer_count: number;
  readonly sampled_count: number;
  readonly rows: readonly {
    readonly test: string;
    readonly run_count: number;
    readonly false_positive_rate: number;
    readonly lower_rate: number;
    readonly upper_rate: number;
  }[];
}

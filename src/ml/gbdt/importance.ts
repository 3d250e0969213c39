import type { GbdtModel } from "./model.ts";

/** Each feature's share of all the loss that splits removed, in [0, 1], largest first; features never used are listed with 0. */
export function gainImportance(
  model: GbdtModel,
): readonly { readonly feature: string; readonly gain_share_rate: number }[] {
  const gains = new Float64Array(model.features.length);
  for (const tree of model.trees) {
    for (const [node, feature] of tree.feature.entries())
      if (feature >= 0) gains[feature] = gains[feature]! + tree.gain[node]!;
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return model.features
    .map(({ name }, index) => ({ feature: name, gain_share_rate: total > 0 ? gains[index]! / total : 0 }))
    .sort((a, b) => b.gain_share_rate - a.gain_share_rate);
}

/** Whether a new training takes the champion's place. */
import { areaUnderRoc } from "../../stats/ranking-quality.ts";
import { addDays } from "../../warehouse/day-range.ts";
import type { Standing } from "../runs/model-run.ts";
import { type Champion, hasOurFeatures } from "./kept-model.ts";
import { matrixOf, type Shopper } from "./read-shoppers.ts";
import { ratesOf } from "./score-people.ts";

export interface Verdict {
  readonly standing: Standing;
  readonly standing_reason: string;
  /** Area under the curve of the champion on the challenger's window; null where it cannot be measured there. */
  readonly championAuc: number | null;
}

/** The window both are measured on: the people at the start of the last horizon, and what came of them. */
export interface LaterWindow {
  readonly cutoff: string;
  readonly horizonDays: number;
  readonly people: readonly Shopper[];
  readonly labels: Float64Array;
}

/**
 * The champion's area under the curve on a window that it has not seen: by its own model where the window began after its cutoff, else by the
 * model of the horizon before, by which it was measured itself.
 *
 * @returns null where there is nothing of it to measure
 */
function measure(champion: Champion, { cutoff, horizonDays, people, labels }: LaterWindow): number | null {
  if (champion.kind !== "kept" || !hasOurFeatures(champion)) return null;
  const hasNotSeen = champion.cutoff_on <= addDays(cutoff, -horizonDays);
  const model = hasNotSeen ? champion.trained : champion.earlier;
  return model ? areaUnderRoc(ratesOf(model, matrixOf(people, model.model.features)), labels) : null;
}

/**
 * The rule: the challenger takes the champion's place when its area under the curve on the last horizon is as high or higher. The first run is
 * champion; so is one whose champion cannot be measured. One of an earlier cutoff than the champion's stands aside.
 *
 * @param challengerAuc null where there was too little history to measure
 * @param isPromoted true to make the run champion whatever the figures say
 */
export function judge(
  champion: Champion,
  challengerAuc: number | null,
  window: LaterWindow,
  isPromoted: boolean,
): Verdict {
  if (champion.kind === "none") return { standing: "champion", standing_reason: "first run", championAuc: null };
  const incumbent = `run ${champion.run_key}`;
  const isEarlier = window.cutoff < champion.cutoff_on;
  const championAuc = isEarlier ? null : measure(champion, window);
  const figures = `AUC ${shown(challengerAuc)} against ${shown(championAuc)} of ${incumbent}`;
  const verdict = (standing: Standing, standing_reason: string): Verdict => ({
    standing,
    standing_reason,
    championAuc,
  });
  if (isPromoted) return verdict("champion", `promoted by hand; ${figures}`);
  if (isEarlier) return verdict("aside", `of an earlier day than ${incumbent}, which goes on answering`);
  if (championAuc === null) return verdict("champion", `${incumbent} cannot be measured on the last horizon`);
  return challengerAuc !== null && challengerAuc >= championAuc
    ? verdict("champion", figures)
    : verdict("challenger", `${figures}, which goes on answering`);
}

const shown = (auc: number | null): string => (auc === null ? "unmeasured" : auc.toFixed(4));

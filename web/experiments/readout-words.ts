import type { Format } from "../format.ts";
import type { ReadoutAnswer } from "./experiment-types.ts";

/** What the readout says, in one or two sentences; nothing when the arms cannot be trusted. */
export function readoutWords(answer: ReadoutAnswer, format: Format): string {
  const [control, ...treatments] = answer.variants;
  if (answer.srm.is_mismatch)
    return "The arms do not have the planned sizes: find out where customers were lost before reading on.";
  const best = treatments
    .filter((row) => row.p_value_adjusted !== null)
    .toSorted((a, b) => (a.p_value_adjusted ?? 1) - (b.p_value_adjusted ?? 1))[0];
  if (!control || !best) return "There are too few customers in the variants to say anything yet.";
  const size = best.relative_effect === null ? "" : ` by ${format.rate(Math.abs(best.relative_effect))}`;
  const isClear = (best.p_value_adjusted ?? 1) < answer.alpha;
  const direction = (best.absolute_effect ?? 0) >= 0 ? "above" : "below";
  const chance = `chance alone would show as much in ${format.rate(best.p_value_adjusted)} of experiments`;
  if (!isClear)
    return `No clear difference: “${best.variant}” stands ${direction} “${control.variant}”${size}, and ${chance}.`;
  const isKept = (best.sequential_p_value ?? 1) < answer.alpha;
  return `“${best.variant}” is ${direction} “${control.variant}”${size}; ${chance}${isKept ? "" : ", though not for one who looks every day"}.`;
}

import type { Format } from "../format.ts";
import type { DesignAnswer } from "./experiment-types.ts";

/** The plan as a sentence a marketer can decide on. */
export function decisionWords(answer: DesignAnswer, format: Format): string {
  const { achieved_power: power, sample_size_per_variant: units, required_sample_size_per_variant: needed } = answer;
  const change = `from ${format.rate(answer.baseline)} to ${format.rate(answer.treated)}`;
  const chance = `With ${format.count(units)} customers per variant a rise ${change} would be noticed in ${format.rate(power)} of such experiments`;
  if (power >= 0.8) return `${chance}: large enough to decide on.`;
  const missing = `${format.count(needed)} are needed to notice it four times in five`;
  return power >= 0.5 ? `${chance}: too few to rely on; ${missing}.` : `${chance}: not worth starting; ${missing}.`;
}

import { createRandom } from "../../stats/random.ts";
import type { Scenario } from "./scenarios.ts";

export interface Measurement {
  readonly name: string;
  readonly event: Scenario["event"];
  readonly runs: number;
  readonly rate: number;
  /** Standard error of the rate, from the number of runs alone. */
  readonly standardError: number;
  readonly promised: Scenario["promised"];
  /** Null where nothing is promised. */
  readonly isKept: boolean | null;
}

/** Runs a scenario; `label` gives each scenario of a seed its own stream of draws. */
export function measure(scenario: Scenario, runs: number, seed: number, label: number): Measurement {
  const random = createRandom(seed, label);
  const count = Math.max(1, Math.round(runs * scenario.runShare));
  let happened = 0;
  for (let run = 0; run < count; run++) if (scenario.happens(random)) happened++;
  const rate = happened / count;
  const { name, event, promised } = scenario;
  return {
    name,
    event,
    runs: count,
    rate,
    standardError: Math.sqrt((rate * (1 - rate)) / count),
    promised,
    isKept: promised && rate >= promised[0] && rate <= promised[1],
  };
}

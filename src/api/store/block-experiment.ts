/** Experiments that change a block of the storefront: the lab decides which ranking a customer sees there. */

import { type Experiment, listExperiments } from "../../experiments/live/journal.ts";
import { assignLive } from "../../experiments/live/live-assignment.ts";
import type { Workspace } from "../../workspace.ts";
import type { Place } from "./offers.ts";

/** What can be offered in a block: as always, what sells, what is new, of the same kind, what stands in the same orders. */
export const rankings = ["usual", "popular", "newest", "similar", "together"] as const;
export type Ranking = (typeof rankings)[number];

export interface BlockVariant {
  readonly experiment_id: string;
  readonly variant: Ranking;
  /** Whether the customer takes part; everyone sees what has been decided, and nobody takes part in it. */
  readonly isExposed: boolean;
}

/**
 * The ranking an experiment gives a block; null when none does, and the block is as always.
 *
 * @param customerId the customer, in the warehouse's id; null for anyone who cannot take part
 */
export type ChooseRanking = (place: Place, customerId: string | null) => Promise<BlockVariant | null>;

/** How long a start or a stop in the lab may take to be seen. */
const keptMs = 5000;
/** Experiments of a segment ask the warehouse once a customer; so many answers are kept. */
const keptAnswers = 10_000;

/** An experiment of a block is named for it: `offers-home`, or `offers-home-spring`. Its variants are named for rankings. */
export const isOfBlock = (experimentId: string, place: Place): boolean =>
  experimentId === `offers-${place}` || experimentId.startsWith(`offers-${place}-`);

const asRanking = (variant: string | null): Ranking | null => rankings.find((one) => one === variant) ?? null;

/** The experiment that holds for a block: the first that runs, else the one decided last. */
export function experimentOf(experiments: readonly Experiment[], place: Place): Experiment | null {
  const own = experiments.filter(
    ({ definition }) =>
      isOfBlock(definition.experiment_id, place) && definition.variants.every(({ name }) => asRanking(name) !== null),
  );
  const by = (status: string, at: (experiment: Experiment) => string): readonly Experiment[] =>
    own.filter((one) => one.status === status).toSorted((a, b) => (at(a) < at(b) ? -1 : 1));
  return (
    by("running", ({ definition }) => definition.started_at ?? "")[0] ??
    by("decided", ({ definition }) => definition.decided_at ?? "").at(-1) ??
    null
  );
}

/** Asks the lab. A shop's page is shown whatever its state: without it every block is as always. */
export function labRanking({ warehouse, clock }: Workspace): ChooseRanking {
  let known: Promise<readonly Experiment[]> | null = null;
  let readAt = 0;
  const answers = new Map<string, string | null>();
  const experiments = async (): Promise<readonly Experiment[]> => {
    if (known === null || clock.now() - readAt > keptMs) {
      readAt = clock.now();
      known = listExperiments(warehouse);
      known.catch(() => {
        known = null;
      });
    }
    return await known;
  };
  const assigned = async (experiment: Experiment, customerId: string): Promise<string | null> => {
    if (!experiment.definition.target) return await assignLive(warehouse, experiment, customerId);
    // Whom it is for was settled at its start; the draw changes with each step of its journal.
    const key = `${experiment.definition.experiment_id} ${experiment.journal.length} ${customerId}`;
    if (!answers.has(key)) {
      if (answers.size >= keptAnswers) answers.clear();
      answers.set(key, await assignLive(warehouse, experiment, customerId));
    }
    return answers.get(key) ?? null;
  };
  return async (place, customerId) => {
    try {
      const experiment = experimentOf(await experiments(), place);
      if (!experiment) return null;
      const isDecided = experiment.status === "decided";
      if (!isDecided && customerId === null) return null;
      const variant = asRanking(await assigned(experiment, customerId ?? ""));
      return variant && { experiment_id: experiment.definition.experiment_id, variant, isExposed: !isDecided };
    } catch {
      return null;
    }
  };
}

/** Whom the treatment of a finished experiment makes order: learnt from its customers, foretold for everyone. */
import { createHash } from "node:crypto";
import { CartwrightError } from "../../errors.ts";
import type { Definition } from "../../experiments/live/definition.ts";
import { type Experiment, findExperiment, listExperiments } from "../../experiments/live/journal.ts";
import { type ExposedCustomer, exposurePeriod, readExposed } from "../../experiments/live/live-units.ts";
import { createRandom } from "../../stats/random.ts";
import type { Row } from "../../warehouse/warehouse.ts";
import {
  featuresOf,
  matrixOf,
  readAsked,
  readShoppers,
  type Shopper,
  shopperFeatures,
} from "../propensity/read-shoppers.ts";
import { ratesOf } from "../propensity/score-people.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { type LearntUplift, learnUplift, type UpliftModel, upliftMethods, upliftsOf } from "./learn-uplift.ts";
import type { Trial } from "./learners.ts";

const exposedSql = new URL("./exposed.sql", import.meta.url);
/** A person read takes about a kilobyte. */
const peopleAtOnce = 100_000;
/** Fewer orders, or people without one, in an arm than this say nothing of differences between people. */
const fewestOfAKind = 20;

const isFinished = ({ status }: Experiment): boolean => status === "stopped" || status === "decided";

/** The experiment named, or the last one to finish. @throws experiment_unknown, experiment_state, too_little_data */
async function chooseExperiment({ warehouse }: TrainingContext, id: string | undefined): Promise<Definition> {
  if (id !== undefined) {
    const found = await findExperiment(warehouse, id);
    if (isFinished(found)) return found.definition;
    throw new CartwrightError(
      "experiment_state",
      `experiment "${id}" is ${found.status}; uplift is learnt from it once it is stopped`,
      { status: found.status },
    );
  }
  const finished = (await listExperiments(warehouse)).filter(isFinished).map(({ definition }) => definition);
  const [last] = finished.toSorted((a, b) => ((a.stopped_at ?? "") < (b.stopped_at ?? "") ? 1 : -1));
  if (last) return last;
  throw new CartwrightError(
    "too_little_data",
    "no experiment of this shop has been stopped, and uplift is learnt from one",
  );
}

/** The variant taken, where it is not the control; else the first beside the control. */
function treatmentOf({ variants, decision }: Definition): { control: string; treatment: string } {
  const [control, ...others] = variants.map(({ name }) => name);
  return { control: control ?? "", treatment: others.find((name) => name === decision) ?? others[0] ?? "" };
}

interface Participant {
  readonly shopper: Shopper;
  readonly isTreated: boolean;
  readonly hasOrdered: boolean;
}

/** Customers of both arms whose window is over, and of whom something was known before the exposure. */
async function readParticipants(context: TrainingContext, definition: Definition, timeZone: string) {
  const { warehouse, cutoff } = context;
  const { control, treatment } = treatmentOf(definition);
  const { customers } = await readExposed(warehouse, definition, cutoff, timeZone, false);
  const asked = { ...exposurePeriod(definition), time_zone: timeZone, horizon_days: 1, part: 0, part_count: 1 };
  const known = new Map((await readAsked(warehouse, exposedSql, asked)).map((one) => [one.customerKey, one]));
  const isCounted = ({ isTorn, isMature, variant }: ExposedCustomer): boolean =>
    !isTorn && isMature && (variant === control || variant === treatment);
  const counted = customers.filter(isCounted);
  const participants = counted.flatMap(({ customerKey, variant, orderCount }): readonly Participant[] => {
    const shopper = known.get(customerKey);
    return shopper ? [{ shopper, isTreated: variant === treatment, hasOrdered: orderCount > 0 }] : [];
  });
  return { participants, strangerCount: counted.length - participants.length, treatment };
}

const canLearn = (participants: readonly Participant[]): boolean =>
  [true, false].every((isTreated) =>
    [true, false].every(
      (hasOrdered) =>
        participants.filter((one) => one.isTreated === isTreated && one.hasOrdered === hasOrdered).length >=
        fewestOfAKind,
    ),
  );

/**
 * Learns uplift from a finished experiment and foretells it for everyone active in the year before the cutoff. What is known of a customer
 * of the experiment is from before the day of the first exposure; the outcome is an order within the experiment's window.
 *
 * @param experimentId the last one to finish when left out
 * @throws too_little_data without a finished experiment, or with fewer than 20 customers with or without an order in an arm;
 *   experiment_unknown; experiment_state for one that still runs
 */
export async function trainUplift(
  context: TrainingContext,
  timeZone: string,
  experimentId?: string,
): Promise<ModelRun> {
  const { cutoff, seed, onProgress, version } = context;
  const definition = await chooseExperiment(context, experimentId);
  const { participants, strangerCount, treatment } = await readParticipants(context, definition, timeZone);
  onProgress(
    `${participants.length.toLocaleString("en")} customers of ${definition.experiment_id} (${strangerCount.toLocaleString("en")} more were unknown before)`,
  );
  if (!canLearn(participants))
    throw new CartwrightError(
      "too_little_data",
      `experiment "${definition.experiment_id}" has fewer than ${fewestOfAKind} known customers with an order, or without one, in a variant before ${cutoff}`,
    );
  const shoppers = participants.map(({ shopper }) => shopper);
  const features = featuresOf(shoppers);
  const trial: Trial = {
    matrix: matrixOf(shoppers, features),
    isTreated: Uint8Array.from(participants, ({ isTreated }) => Number(isTreated)),
    outcomes: Float64Array.from(participants, ({ hasOrdered }) => Number(hasOrdered)),
  };
  const learnt = learnUplift(trial, features, createRandom(seed), onProgress);
  const { keys, uplifts, untreated } = await foretell(context, learnt.model);
  const run = {
    model: "uplift",
    version,
    seed,
    settings: { experiment: definition.experiment_id, treatment },
    cutoff_on: cutoff,
    features: shopperFeatures,
    data_sha256: createHash("sha256")
      .update(JSON.stringify(participants.map(({ shopper, ...drawn }) => [shopper.row, drawn])))
      .digest("hex"),
    row_count: participants.length,
    ...measuresOf(learnt, strangerCount),
    artefact: { ...learnt.model, curve: curveOf(learnt) },
    standing: "champion" as const,
    standing_reason: reasonOf(learnt),
    scored_count: keys.length,
  };
  function* predictions(): Iterable<Row> {
    for (const [at, key] of keys.entries())
      yield { customer_key: key, uplift_rate: uplifts[at]!, untreated_rate: untreated[at]! };
  }
  return await recordRun(context, run, "prd_uplift", predictions());
}

function measuresOf({ model, quality }: LearntUplift, strangerCount: number) {
  const areaOf = (method: (typeof upliftMethods)[number]): number => quality.curves[method].at(-1)?.area ?? 0;
  return {
    metrics: {
      qini_area: quality.area,
      qini_lower: quality.lower,
      qini_upper: quality.upper,
      two_model_qini_area: areaOf("two-model"),
      transformed_outcome_qini_area: areaOf("transformed-outcome"),
      average_effect: model.effect,
      spread: model.spread,
      unknown_before_count: strangerCount,
    },
    // A random order has an area of 0.
    baseline: { qini_area: 0, propensity_qini_area: quality.propensityArea },
  };
}

function reasonOf({ model, quality }: LearntUplift): string {
  const figures = `Qini area ${quality.area.toFixed(4)} (${quality.lower.toFixed(4)} to ${quality.upper.toFixed(4)}) by ${model.method}`;
  return quality.lower > 0
    ? figures
    : `${figures}: no better than a random order beyond chance, so everyone has the average effect`;
}

/** The curve as `uplift-evaluation` reads it. */
function curveOf({ model, quality }: LearntUplift): readonly Readonly<Record<string, number | string>>[] {
  const [chosen, two, transformed] = [model.method, ...upliftMethods].map((method) => quality.curves[method]);
  const whole = chosen?.at(-1)?.gain ?? 0;
  return (chosen ?? []).map(({ share, gain, gainError, area, areaError }, at) => ({
    method: model.method,
    top_rate: share,
    gain_rate: gain,
    gain_error: gainError,
    two_model_rate: two?.[at]?.gain ?? 0,
    transformed_outcome_rate: transformed?.[at]?.gain ?? 0,
    random_rate: share * whole,
    qini_area: area,
    qini_error: areaError,
  }));
}

/** Uplift of everyone as of the cutoff, a chunk of people at a time. */
async function foretell({ warehouse, cutoff, onProgress }: TrainingContext, model: UpliftModel) {
  const { people_count } = await warehouse.queryOne("select toFloat64(count()) as people_count from dim_customer");
  const partCount = Math.max(1, Math.ceil(Number(people_count) / peopleAtOnce));
  const [keys, uplifts, untreated]: [string[], number[], number[]] = [[], [], []];
  for (let part = 0; part < partCount; part += 1) {
    const people = await readShoppers(warehouse, cutoff, 1, { part, partCount });
    const matrix = matrixOf(people, model.twoModels.control.model.features);
    for (const { customerKey } of people) keys.push(customerKey);
    for (const uplift of upliftsOf(model, matrix)) uplifts.push(uplift);
    for (const rate of ratesOf(model.twoModels.control, matrix)) untreated.push(rate);
    if (partCount > 1) onProgress(`foretold ${part + 1} of ${partCount} parts of the customers`);
  }
  return { keys, uplifts, untreated };
}

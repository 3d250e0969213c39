// Trains boosted trees on made rows beside the budget: 12 features (one category of 50, one of 6, holes in two, two of noise),
// about 3 % positive, 100 trees of 31 leaves. `node bench/gbdt-training.mjs [--rows 1000000] [--trees 100]`
import { createExplainer, createScorer, defaultTrainingOptions, trainGbdt } from "../dist/ml/gbdt/index.js";
import { createRandom } from "../dist/sources/generator/index.js";
import { areaUnderRoc, averagePrecision } from "../dist/stats/ranking-quality.js";
import { option } from "./support/shop.mjs";

const rowCount = option("rows", 1_000_000);
const treeCount = option("trees", 100);
const featureCount = 12;
const names = Array.from({ length: featureCount }, (_, index) => `feature_${index}`);
const features = names.map((name, index) =>
  index === 8 || index === 9
    ? { name, kind: "categorical", categories: Array.from({ length: index === 8 ? 50 : 6 }, (_, code) => String(code)) }
    : { name, kind: "numeric", monotone: 0 },
);

/** @param {number} count @param {number} seed */
function makeRows(count, seed) {
  const random = createRandom(seed);
  const effects = createRandom(99);
  const byCategory = Array.from({ length: 50 }, () => effects.normal(0, 0.8));
  const values = new Float64Array(count * featureCount);
  const labels = new Float64Array(count);
  const truth = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    const x = values.subarray(row * featureCount, (row + 1) * featureCount);
    for (let feature = 0; feature < featureCount; feature += 1) x[feature] = random.normal();
    x[8] = random.integer(0, 49);
    x[9] = random.integer(0, 5);
    const margin =
      -4.2 +
      0.8 * x[0] -
      0.5 * x[1] +
      0.4 * x[2] * x[3] +
      0.5 * Math.sin(2 * x[4]) +
      0.3 * x[5] ** 2 +
      (x[6] > 1 ? 0.7 : 0) -
      0.2 * x[7] +
      (byCategory[x[8]] ?? 0) +
      (x[9] % 2 ? 0.3 : -0.3);
    truth[row] = 1 / (1 + Math.exp(-margin));
    labels[row] = random.chance(truth[row] ?? 0) ? 1 : 0;
    if (random.chance(0.15)) x[1] = Number.NaN;
    if (random.chance(0.05)) x[2] = Number.NaN;
  }
  return { matrix: { rowCount: count, featureCount, values }, labels, weights: null, truth };
}

const training = makeRows(rowCount, 1);
const test = makeRows(100_000, 2);
const options = { ...defaultTrainingOptions, treeCount, learningRate: 0.1, maxLeaves: 31 };
const startedAt = performance.now();
const cpuAt = process.cpuUsage();
const { model } = trainGbdt(training, features, options, Math.random);
const seconds = (performance.now() - startedAt) / 1000;
const cpuSeconds = process.cpuUsage(cpuAt).user / 1e6;
const predictedAt = performance.now();
const scores = createScorer(model).predict(test.matrix);
const predictSeconds = (performance.now() - predictedAt) / 1000;
const explainer = createExplainer(model);
const explainedAt = performance.now();
for (let row = 0; row < 1000; row += 1)
  explainer.explain(test.matrix.values.subarray(row * featureCount, (row + 1) * featureCount));
const explainMs = (performance.now() - explainedAt) / 1000;
console.log(
  `training ${rowCount.toLocaleString("en")} x ${featureCount}, ${treeCount} trees: ${seconds.toFixed(1)} s wall, ${cpuSeconds.toFixed(1)} s of one core (budget 12 s for 1,000,000 and 100)`,
);
console.log(`scoring 100,000 rows: ${predictSeconds.toFixed(2)} s; reasons: ${explainMs.toFixed(2)} ms a row`);
console.log(
  `AUC ${areaUnderRoc(scores, test.labels)?.toFixed(4)}, average precision ${averagePrecision(scores, test.labels)?.toFixed(4)}; of the true probabilities ${areaUnderRoc(test.truth, test.labels)?.toFixed(4)}, ${averagePrecision(test.truth, test.labels)?.toFixed(4)}`,
);
console.log(`resident ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);

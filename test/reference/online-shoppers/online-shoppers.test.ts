import { expect, it } from "vitest";
import { labelsOf, labelTextsOf } from "../../../src/ml/classifier/labels.ts";
import { featuresOf, matrixOf } from "../../../src/ml/classifier/table-features.ts";
import { stratifiedFolds } from "../../../src/ml/classifier/train.ts";
import { createScorer, defaultTrainingOptions, type LabelledRows, trainGbdt } from "../../../src/ml/gbdt/index.ts";
import { createRandom } from "../../../src/sources/generator/index.ts";
import { areaUnderRoc } from "../../../src/stats/ranking-quality.ts";
import { readTable } from "../../../src/tables/read-table.ts";
import { describeWithData, sharedData } from "../../support/shared-data.ts";

const path = "online_shoppers_intention/sessions_dev.csv.gz";

describeWithData(path, "boosted trees on UCI Online Shoppers (Sakar and Kastro 2018)", () => {
  it("order sessions with a five-fold area under the curve of at least 0.930", async () => {
    const table = await readTable(sharedData(path));
    const names = table.names.filter((name) => name !== "row_id" && name !== "Revenue");
    const features = featuresOf(table, names, []);
    const { values, featureCount } = matrixOf(table, features);
    const labels = labelsOf(table, "Revenue", labelTextsOf(table, "Revenue"));
    const rowsOf = (rows: readonly number[]): LabelledRows => {
      const taken = rows.flatMap((row) => [...values.subarray(row * featureCount, (row + 1) * featureCount)]);
      return {
        matrix: { rowCount: rows.length, featureCount, values: Float64Array.from(taken) },
        labels: Float64Array.from(rows, (row) => labels[row] ?? Number.NaN),
        weights: null,
      };
    };
    const areas: number[] = [];
    for (const seed of [1, 2]) {
      const random = createRandom(seed);
      const folds = stratifiedFolds(labels, random.uniform);
      for (let fold = 0; fold < 5; fold += 1) {
        const all = Array.from(labels.keys());
        const heldOut = rowsOf(all.filter((row) => folds[row] === fold));
        const training = rowsOf(all.filter((row) => folds[row] !== fold));
        const { model } = trainGbdt(training, features, defaultTrainingOptions, random.uniform);
        areas.push(areaUnderRoc(createScorer(model).predict(heldOut.matrix), heldOut.labels) ?? 0);
      }
    }
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
    console.log(`five folds, two draws: mean AUC ${mean.toFixed(4)} (bar 0.930, scikit-learn 0.9297)`);
    expect(mean).toBeGreaterThanOrEqual(0.93);
  });
});

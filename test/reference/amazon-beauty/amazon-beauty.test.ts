import { expect, it } from "vitest";
import { evaluateRecommendations } from "../../../src/ml/recommendations/evaluate.ts";
import { readSequences } from "../../../src/ml/recommendations/read-sequences.ts";
import { readTable } from "../../../src/tables/read-table.ts";
import { describeWithData, sharedData } from "../../support/shared-data.ts";

const path = "amazon_beauty/interactions.csv.gz";

describeWithData(path, "recommendations on Amazon Beauty (protocol of S3-Rec, CIKM 2020)", () => {
  it("the method chosen on the validation items reaches HR@10 0.085 and NDCG@10 0.053", async () => {
    const sequences = readSequences(await readTable(sharedData(path)), "user_id", "item_id", "position");
    const { methods, user_count, item_count } = evaluateRecommendations(sequences);
    expect([user_count, item_count]).toEqual([22_363, 12_101]);
    for (const one of methods)
      console.log(
        `Amazon Beauty, ${one.method}: HR@10 ${one.hr_at_10.toFixed(4)}, NDCG@10 ${one.ndcg_at_10.toFixed(4)}`,
      );
    const chosen = methods.filter(({ is_chosen }) => is_chosen);
    expect(chosen).toHaveLength(1);
    expect(chosen[0]?.hr_at_10).toBeGreaterThanOrEqual(0.085);
    expect(chosen[0]?.ndcg_at_10).toBeGreaterThanOrEqual(0.053);
  });
});

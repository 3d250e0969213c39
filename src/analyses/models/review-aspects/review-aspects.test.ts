import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../../test/support/shop.ts";
import { trainReviewSentiment } from "../../../ml/review-sentiment/train-reviews.ts";

describeCornerShop("review-aspects and suspicious-reviews", (query, shop) => {
  const copied = "this kettle boils fast and looks lovely on the counter every single morning";

  it("count aspects by product and over all, and show flagged reviews with what they repeat (by hand)", async () => {
    for (const name of ["review-aspects", "suspicious-reviews"]) expect(await query(name)).toEqual([]);
    const { warehouse } = shop().workspace;
    const products = await warehouse.query(
      "select toString(product_key) as product_key, product_id from dim_product where product_id in ('P1', 'P2') order by product_id",
    );
    const { batch_key } = await warehouse.queryOne("select min(batch_key) as batch_key from ops_batches");
    const review = (product: number, source_row: number, body: string, rating: number | null = null) => ({
      product_key: products[product]?.product_key,
      batch_key,
      source_row,
      review_id: `R${source_row}`,
      reviewed_at: source_row === 4 ? null : "2025-03-01 23:30:00",
      rating,
      body,
    });
    await warehouse.insertRows("stg_reviews", [
      review(0, 1, "Great fit. The parcel came on Monday"),
      review(0, 2, "Terrible fabric"),
      review(1, 3, "Delivery was too slow, horrible"),
      review(1, 4, copied, 5),
      review(0, 5, copied.replace("morning", "evening")),
    ]);
    const context = {
      warehouse,
      clock: fixedClock(),
      version: "test",
      seed: 1,
      cutoff: "2025-04-21",
      onProgress: () => {},
    };
    expect(await trainReviewSentiment(context, "Europe/London")).toMatchObject({
      row_count: 5,
      metrics: { suspicious_count: 2 },
    });
    const told = (rows: Awaited<ReturnType<typeof query>>) =>
      rows.map((row) => [
        row.product_id,
        row.aspect,
        row.mention_count,
        row.mention_rate,
        row.positive_rate,
        row.negative_rate,
      ]);
    expect(told(await query("review-aspects"))).toEqual([
      [null, "delivery", 2, 0.4, 0, 0.5],
      [null, "quality", 1, 0.2, 0, 1],
      [null, "size", 1, 0.2, 1, 0],
    ]);
    expect(told(await query("review-aspects", { by: "product", product_id: "P1" }))).toEqual([
      ["P1", "delivery", 1, 1 / 3, 0, 0],
      ["P1", "quality", 1, 1 / 3, 0, 1],
      ["P1", "size", 1, 1 / 3, 1, 0],
    ]);
    expect(told(await query("review-aspects", { product_id: "P2" }))).toEqual([[null, "delivery", 1, 0.5, 0, 1]]);
    const reasons = ["near_duplicate"];
    expect(await query("suspicious-reviews")).toMatchObject([
      { product_id: "P1", review_id: "R5", reviewed_on: "2025-03-01", rating: null, reasons, repeated_text: copied },
      { product_id: "P2", review_id: "R4", reviewed_on: null, rating: 5, reasons, review_text: copied },
    ]);
    expect(await query("suspicious-reviews", { product_id: "P2" })).toHaveLength(1);
    // A second training takes the place of the first in every table.
    await trainReviewSentiment(context, "Europe/London");
    for (const table of ["prd_review_sentiment", "prd_review_aspects", "prd_review_flags"]) {
      const { run_count } = await warehouse.queryOne(`select toUInt8(uniqExact(run_key)) as run_count from ${table}`);
      expect(run_count).toBe(1);
    }
    expect(await query("suspicious-reviews")).toHaveLength(2);
    // Never dropped: the flagged count like all others.
    expect((await query("review-sentiment")).map((row) => [row.product_id, row.review_count])).toEqual([
      ["P1", 3],
      ["P2", 2],
    ]);
  });
});

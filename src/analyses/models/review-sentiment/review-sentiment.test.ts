import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../../test/support/shop.ts";
import { trainReviewSentiment } from "../../../ml/review-sentiment/train-reviews.ts";

describeCornerShop("review-sentiment", (query, shop) => {
  const train = async (cutoff: string) => {
    const { warehouse } = shop().workspace;
    const context = { warehouse, clock: fixedClock(), version: "test", seed: 1, cutoff, onProgress: () => {} };
    return await trainReviewSentiment(context, "Europe/London");
  };

  it("is empty before the first training, and where there are no reviews", async () => {
    expect(await query("review-sentiment")).toEqual([]);
    expect(await train("2025-04-21")).toBeNull();
  });

  it("counts the texts of each product that were written before the cutoff (by hand)", async () => {
    const { warehouse } = shop().workspace;
    const [known] = await warehouse.query(
      "select toString(product_key) as product_key, (select min(batch_key) from ops_batches) as batch_key from dim_product where product_id = 'P1'",
    );
    const review = (source_row: number, reviewed_at: string | null, rating: number | null, body: string) => ({
      ...known,
      source_row,
      reviewed_at,
      rating,
      body,
    });
    await warehouse.insertRows("stg_reviews", [
      review(1, "2025-03-01 10:00:00", 5, "I love it, perfect"),
      review(2, null, null, "terrible, a waste"),
      review(3, "2025-03-02 10:00:00", 4, "it has three parts"),
      review(4, "2025-03-03 10:00:00", 2, ""), // no text
      review(5, "2025-04-20 23:30:00", 1, "awful"), // the 21st in London
    ]);
    expect(await train("2025-04-21")).toMatchObject({ row_count: 3, metrics: { is_learnt: 0 } });
    const [row, ...others] = await query("review-sentiment");
    expect(others).toEqual([]);
    expect(row).toMatchObject({ product_id: "P1", review_count: 3, mean_rating: 4.5 });
    expect(row?.positive_rate).toBeCloseTo(1 / 3, 12);
    expect(row?.negative_rate).toBeCloseTo(1 / 3, 12);
  });
});

import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../../test/support/shop.ts";
import { best, scoreHybrid } from "../../../ml/recommendations/hybrid.ts";
import { readShelf } from "../../../ml/recommendations/read-shelf.ts";
import { trainRecommendations } from "../../../ml/recommendations/train.ts";

describeCornerShop("recommendations, their quality and product-propensity", (query, shop) => {
  const train = async () =>
    await trainRecommendations(
      {
        warehouse: shop().workspace.warehouse,
        clock: fixedClock(),
        version: "test",
        seed: 1,
        cutoff: "2025-04-21",
        onProgress: () => {},
      },
      30,
    );
  const idsOf = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map((row) => row.product_id);

  it("are empty before the first training", async () => {
    for (const name of ["recommendations", "recommendation-evaluation", "product-propensity"])
      expect(await query(name)).toEqual([]);
  });

  it("co-visits of histories weigh one over the distance, and three tenths of it backwards (by hand)", async () => {
    const { warehouse } = shop().workspace;
    // Before 21 January there are C01: kettle, toaster; C03: rug and lamp at one instant, ordered by key. C02 had the lamp alone.
    const { together } = await readShelf(warehouse, "2025-01-21");
    const products = await warehouse.query("select toString(product_key) as key, product_id as id from dim_product");
    const keyOf = new Map(products.map(({ key, id }) => [String(id), String(key)]));
    const [kettle, toaster] = [keyOf.get("P1") ?? "", keyOf.get("P2") ?? ""];
    expect(together.get(kettle)).toEqual({ keys: [toaster], weights: [1 / 11] }); // one person and ten more
    expect(together.get(toaster)?.keys).toEqual([kettle]);
    expect(together.get(toaster)?.weights[0]).toBeCloseTo(0.3 / 11, 12);
    expect(together.size).toBe(4);
  });

  it("never offer what the customer has bought, nor the product itself", async () => {
    await train();
    // C01 has bought kettle, toaster, lamp and rug; pen, sample and vase are left.
    expect(new Set(idsOf(await query("recommendations", { customer_id: "C01" })))).toEqual(new Set(["P5", "P6", "P7"]));
    const beside = await query("recommendations", { product_id: "P4" });
    expect(idsOf(beside)).not.toContain("P4");
    expect(beside.map((row) => row.rank)).toEqual(beside.map((_, at) => at + 1));
  });

  it("say what they rest on; whom nobody knows is offered what sold in the last 30 days", async () => {
    const stranger = await query("recommendations", { customer_id: "nobody" });
    // Since 22 March: rug, pen once each; kettle C09 and C03; toaster C10; lamp C08 and C04. The rest did not sell.
    expect(idsOf(stranger).slice(0, 2).sort()).toEqual(["P1", "P3"]);
    expect(new Set(idsOf(stranger))).toEqual(new Set(["P1", "P2", "P3", "P4", "P5"]));
    expect(stranger[0]).toMatchObject({ source: "popular", reason: "is bought by many" });
    // C11 alone saw the vase, then the rug, which five people touched and one of seven buyers bought lately.
    const rug = (await query("recommendations", { product_id: "P7" })).find((row) => row.product_id === "P4");
    expect(rug?.score).toBeCloseTo(1 / 11 / 5 ** 0.1 + 1 / 7, 12);
  });

  it("agree with the same sums in TypeScript, by which they are measured", async () => {
    const { warehouse } = shop().workspace;
    const { weights } = JSON.parse(
      String((await warehouse.queryOne("select argMax(artefact, run_key) as artefact from ops_model_runs")).artefact),
    );
    const shelf = await readShelf(warehouse, "2025-04-21");
    const products = await warehouse.query("select toString(product_key) as key, product_id as id from dim_product");
    const idOf = new Map(products.map(({ key, id }) => [String(key), String(id)]));
    for (const [key, product_id] of idOf) {
      const scores = scoreHybrid([key], shelf, weights);
      const expected = best(scores, new Set([key]), 10).map((one) => [idOf.get(one), scores.get(one)]);
      const rows = await query("recommendations", { product_id });
      expect(new Map(rows.map((row) => [row.product_id, expect.closeTo(Number(row.score), 12)]))).toEqual(
        new Map(expected as [string, number][]),
      );
    }
  });

  it("product-propensity gives products of a customer and customers of a product the same rate", async () => {
    const own = await query("product-propensity", { customer_id: "C11" });
    const ofRug = await query("product-propensity", { product_id: "P4" });
    for (const row of [...own, ...ofRug]) expect(Number(row.propensity_rate)).toBeLessThan(1);
    const pair = { customer_id: "C11", product_id: "P4" };
    expect(own.find((row) => row.product_id === "P4")).toEqual(ofRug.find((row) => row.customer_id === "C11"));
    expect(await query("product-propensity", pair)).toHaveLength(1);
    expect(await query("product-propensity", { product_id: "none" })).toEqual([]);
  });

  it("recommendation-evaluation has each method for what is new and for all", async () => {
    const rows = await query("recommendation-evaluation");
    expect(rows).toHaveLength(10);
    expect(rows.filter((row) => row.is_chosen)).toMatchObject([{ task: "new", method: "hybrid" }]);
    // From 22 March to 20 April C09, C10, C01, C08, C03, C04 bought; all something they had not had.
    expect(rows[0]?.customer_count).toBe(6);
  });
});

import { expect, it } from "vitest";
import { associationRules, type Baskets, basketsOfLines } from "../../../src/mining/index.ts";
import { readTable } from "../../../src/tables/read-table.ts";
import { columnOf } from "../../../src/tables/table.ts";
import { describeWithData, sharedData } from "../../support/shared-data.ts";

const file = "groceries/groceries_long.csv.gz";

describeWithData(file, "Groceries (Hahsler, Hornik, Reutterer 2006)", () => {
  const read = async (): Promise<Baskets> => {
    const table = await readTable(sharedData(file));
    return basketsOfLines(columnOf(table, "transaction_id"), columnOf(table, "item"));
  };
  const mine = async (minSupportRate: number, minConfidenceRate: number) =>
    associationRules(await read(), { minCount: 1, minSupportRate, minConfidenceRate, minLift: 0, maxAntecedent: 9 });
  const six = (value: number): unknown => expect.closeTo(value, 6);

  it("has 9,835 transactions of 169 items", async () => {
    const baskets = await read();
    expect([baskets.basketCount, baskets.names.length]).toEqual([9835, 169]);
  });

  it("has 5,668 rules at support 0.001 and confidence 0.5", async () => {
    const rules = await mine(0.001, 0.5);
    expect(rules).toHaveLength(5668);
    expect(rules.slice(0, 3)).toMatchObject([
      rule(["Instant food products", "soda"], "hamburger meat", 12, [0.00122, 0.631579, 18.995654]),
      rule(["popcorn", "soda"], "salty snack", 12, [0.00122, 0.631579, 16.697793]),
      rule(["baking powder", "flour"], "sugar", 10, [0.001017, 0.555556, 16.408075]),
    ]);
  });

  it("has 463 rules at support 0.006 and confidence 0.25", async () => {
    const rules = await mine(0.006, 0.25);
    expect(rules).toHaveLength(463);
    expect(rules.slice(0, 2)).toMatchObject([
      rule(["herbs"], "root vegetables", 69, [0.007016, 0.43125, 3.956477]),
      rule(["berries"], "whipped/sour cream", 89, [0.009049, 0.272171, 3.796886]),
    ]);
  });

  it("has 410 rules at support 0.001 and confidence 0.8, and 15 at 0.01 and 0.5", async () => {
    const strong = await mine(0.001, 0.8);
    expect(strong).toHaveLength(410);
    expect(strong[0]).toMatchObject(
      rule(["liquor", "red/blush wine"], "bottled beer", 19, [0.001932, 0.904762, 11.235269]),
    );
    const frequent = await mine(0.01, 0.5);
    expect(frequent).toHaveLength(15);
    expect(frequent[0]).toMatchObject(
      rule(["citrus fruit", "root vegetables"], "other vegetables", 102, [0.010371, 0.586207, 3.029608]),
    );
  });

  function rule(antecedent: string[], consequent: string, ruleCount: number, [support, confidence, lift]: number[]) {
    return {
      antecedent,
      consequent,
      ruleCount,
      supportRate: six(support ?? 0),
      confidenceRate: six(confidence ?? 0),
      lift: six(lift ?? 0),
    };
  }
});

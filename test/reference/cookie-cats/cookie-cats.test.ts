import { expect, it } from "vitest";
import { readUnits } from "../../../src/experiments/readout/read-units.ts";
import { defaultOptions, readout } from "../../../src/experiments/readout/readout.ts";
import { onlyColumns, readTable } from "../../../src/tables/read-table.ts";
import { describeWithData, sharedData } from "../../support/shared-data.ts";

const file = "cookie_cats/cookie_cats.csv.gz";

async function read(metric: string) {
  const path = sharedData(file);
  const table = await readTable(path, onlyColumns(path, ["userid", "version", metric]));
  const units = readUnits(table, {
    variant: "version",
    control: "gate_30",
    metric,
    type: null,
    denominator: null,
    unit: "userid",
    dedupe: "error",
    covariate: null,
    strata: null,
    variants: null,
    weights: null,
    allowNegative: false,
  });
  return readout(units, { ...defaultOptions, prior: { beta: [1, 1], normal: null } });
}

const percent = (value: number | null | undefined): string => (100 * (value ?? Number.NaN)).toFixed(2);

describeWithData(file, "Cookie Cats (DataCamp; Burak561/cookie-cats-ab-test)", () => {
  it("day 1: 44.82 and 44.23 %, z 1.7841, p 0.0744", async () => {
    const [control, treatment] = (await read("retention_1")).variants;
    expect([control?.unit_count, treatment?.unit_count]).toEqual([44_700, 45_489]);
    expect([percent(control?.mean), percent(treatment?.mean)]).toEqual(["44.82", "44.23"]);
    expect(treatment?.statistic?.toFixed(4)).toBe("-1.7841");
    expect(treatment?.p_value?.toFixed(4)).toBe("0.0744");
  });

  it("day 7: 19.02 and 18.20 %, z 3.1644, p 0.00155, probability 99.9 % that the gate at 30 is better", async () => {
    const [control, treatment] = (await read("retention_7")).variants;
    expect([percent(control?.mean), percent(treatment?.mean)]).toEqual(["19.02", "18.20"]);
    expect(treatment?.statistic?.toFixed(4)).toBe("-3.1644");
    expect(treatment?.p_value?.toFixed(5)).toBe("0.00155");
    expect((100 * (control?.probability_best ?? 0)).toFixed(1)).toBe("99.9");
  });

  it("sample ratio: chi-squared 6.9024, p 0.00861, shown and not called a mismatch at 0.001", async () => {
    const { srm } = await read("retention_1");
    expect([srm.chi_squared.toFixed(4), srm.p_value.toFixed(5), srm.is_mismatch]).toEqual(["6.9024", "0.00861", false]);
  });
});

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { changeExperiment, createExperiment } from "../../../experiments/live/journal.ts";

describeCornerShop("experiments", (query, shop) => {
  it("has no rows before there is one", async () => {
    expect(await query("experiments")).toEqual([]);
  });

  it("says where each stands and how many customers it has seen between its start and its stop", async () => {
    const { workspace, folder, load } = shop();
    const { warehouse, clock } = workspace;
    const file = join(folder, "exposures.csv");
    writeFileSync(
      file,
      `experiment_id,customer_id,variant,exposed_at
voucher,C01,ten,2025-03-01T09:00:00Z
voucher,C01,ten,2025-03-02T09:00:00Z
voucher,C02,none,2025-03-10T09:00:00Z
voucher,C07,none,2025-02-01T09:00:00Z
voucher,C03,ten,2025-04-15T00:00:00Z
other,C04,none,2025-03-10T09:00:00Z
`,
    );
    const [summary] = await load([file]);
    expect(summary).toMatchObject({ kind: "exposures", loaded_rows: 6 });
    rmSync(file);
    const variants = [{ name: "none" }, { name: "ten" }];
    await createExperiment(
      warehouse,
      clock,
      { experiment_id: "voucher", title: "Voucher", variants, planned_count: 4 },
      "ada",
    );
    await createExperiment(warehouse, clock, { experiment_id: "later", variants }, "ada");
    const change = { actor: "ada", note: "" };
    await changeExperiment(warehouse, clock, "voucher", { ...change, action: "started", at: "2025-03-01T00:00:00Z" });
    await changeExperiment(warehouse, clock, "voucher", { ...change, action: "stopped", at: "2025-04-15T00:00:00Z" });
    await changeExperiment(warehouse, clock, "voucher", { ...change, action: "decided", decision: "none" });
    const rows = await query("experiments");
    expect(rows.map((row) => [row.experiment_id, row.status, row.exposed_customer_count, row.is_complete])).toEqual([
      ["later", "draft", 0, null],
      ["voucher", "decided", 2, false],
    ]);
    expect(rows[1]).toMatchObject({
      title: "Voucher",
      metric: "conversion_rate",
      control: "none",
      variant_count: 2,
      planned_customer_count: 4,
      decision: "none",
    });
    expect(rows[0]).toMatchObject({ started_at: null, decision: null, planned_customer_count: null });
  });
});

import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("storage", (query, shop) => {
  it("adds up to the rows and bytes of the engine's parts", async () => {
    const rows = (await query("storage")).filter((row) => row.table_name === "fct_order_lines");
    const [parts] = await shop().sql(`
      select sum(rows) as row_count, sum(data_uncompressed_bytes) as raw_bytes, sum(data_compressed_bytes) as stored_bytes
      from system.parts where database = currentDatabase() and active and table = 'fct_order_lines'`);
    // 30 lines lie in small parts only, whose columns the engine stores together.
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      column_name: "(small parts)",
      row_count: 30,
      raw_bytes: Number(parts?.raw_bytes),
      stored_bytes: Number(parts?.stored_bytes),
      bytes_per_row: Number(parts?.stored_bytes) / 30,
    });
  });

  it("tells columns apart where the engine stores them apart", async () => {
    const { warehouse } = shop().workspace;
    await warehouse.command(`
      create table wide (amount UInt64 codec(NONE)) engine = MergeTree order by tuple() settings min_bytes_for_wide_part = 0`);
    await warehouse.command("insert into wide select number from numbers(1000)");
    const rows = (await query("storage")).filter((row) => row.table_name === "wide");
    await warehouse.command("drop table wide");
    expect(rows).toMatchObject([{ column_name: "amount", row_count: 1000, raw_bytes: 8000 }]); // 8 bytes each
  });
});

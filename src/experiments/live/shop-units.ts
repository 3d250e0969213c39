/** The shop's own customers as units of A/A tests. */
import { readSql } from "../../warehouse/sql-file.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import type { ShopUnits } from "../calibration/shop-aa.ts";

const unitsSql = readSql(new URL("./shop-units.sql", import.meta.url));

/** Customers with a session or an order in the `windowDays` days before `asOf`. */
export async function readShopUnits(warehouse: Warehouse, asOf: string, windowDays: number): Promise<ShopUnits> {
  const rows = await warehouse.query(unitsSql, {
    bindings: { as_of: asOf, window_days: windowDays },
  });
  return {
    revenue: Float64Array.from(rows, (row) => Number(row.net_minor)),
    orders: Float64Array.from(rows, (row) => Number(row.order_count)),
    before: Float64Array.from(rows, (row) => Number(row.before_minor)),
  };
}

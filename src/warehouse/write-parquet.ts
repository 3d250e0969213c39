/** Events in REES46 form as a Parquet file, written by the engine, which reads and writes it natively. */
import type { Readable } from "node:stream";
import type { EngineAddress } from "./engine.ts";
import { Warehouse } from "./warehouse.ts";

const columns = `event_time String, event_type String, product_id UInt64, category_id UInt64, category_code String, brand String,
  price Decimal(12, 2), user_id UInt64, user_session String`;

/** Writes the rows of a CSV stream with a header to `path`, replacing what is there. */
export async function writeParquet(engine: EngineAddress, csv: Readable, path: string): Promise<void> {
  const login = { user: "app", password: engine.appPassword };
  const warehouse = new Warehouse(
    async () => ({ url: engine.url, app: login, reader: login, patient: login }),
    "default",
  );
  try {
    await warehouse.insertBytes(
      `insert into function file({path:String}, 'Parquet', {columns:String}) select * from input('${columns}')
       settings engine_file_truncate_on_insert = 1 format CSVWithNames`,
      csv,
      { bindings: { path, columns } },
    );
  } finally {
    await warehouse.close();
  }
}

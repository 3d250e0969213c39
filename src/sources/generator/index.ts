/** Made data: the demo shop, and a clickstream in the published REES46 form of any length. */

export { createRandom, type Random } from "../../stats/random.ts";
export { DEMO_TABLES, type DemoTable, demoCsv } from "./demo/csv.ts";
export { type DemoFile, writeDemoFiles } from "./demo/files.ts";
export { createDemoShop, type DemoShop } from "./demo/shop.ts";
export type { DemoTruth } from "./demo/truth.ts";
export type {
  Channel,
  DemoCustomer,
  DemoEvent,
  DemoOptions,
  DemoOrder,
  DemoOrderLine,
  DemoProduct,
  DemoReview,
  EventType,
  OrderStatus,
  Segment,
} from "./demo/types.ts";
export { type Rees46FilesOptions, type Rees46Written, writeRees46Files } from "./rees46/files.ts";
export type { Rees46Options } from "./rees46/options.ts";
export { type Rees46Part, rees46Csv, rees46Parts, type Stoppable } from "./rees46/stream.ts";

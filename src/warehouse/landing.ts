/** Where the rows of each kind of file land: the one list that importing, undoing and verifying follow. */

export interface Landing {
  /** The table rows are sent to; for some kinds one that only passes them on. */
  readonly sentTo: string;
  /** The table they wait in until their batch counts. */
  readonly arriveIn: string;
  /** The table that keeps them, and which rows of it a file brought. */
  readonly keptIn: string;
  readonly keptWhere?: string;
  /** Tables that take something of a row beside that. */
  readonly beside?: readonly string[];
}

const staged = (table: string): Landing => ({ sentTo: table, arriveIn: table, keptIn: table });

/** By the name of the kind, as `ops_batches` keeps it. */
export const landings: Readonly<Record<string, Landing>> = {
  events: {
    sentTo: "in_events",
    arriveIn: "load_events",
    keptIn: "fct_events",
    keptWhere: "not is_derived",
    beside: ["stg_product_sightings", "stg_event_amounts"],
  },
  order_lines: { ...staged("stg_order_lines"), sentTo: "in_order_lines", beside: ["stg_product_sightings"] },
  orders: staged("stg_orders"),
  payments: staged("stg_payments"),
  customers: staged("stg_customers"),
  products: staged("stg_products"),
  categories: staged("stg_categories"),
  reviews: staged("stg_reviews"),
  sellers: staged("stg_sellers"),
  spend: staged("stg_spend"),
  exchange_rates: staged("stg_exchange_rates"),
  product_costs: staged("stg_product_costs"),
  exposures: staged("stg_exposures"),
  stock_movements: staged("stg_stock_movements"),
};

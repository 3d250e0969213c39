/** The filters of a catalogue as they stand in the address. */
export interface Filters {
  readonly q?: string;
  readonly sort?: string;
  readonly brand?: string | readonly string[];
  readonly product_type?: string | readonly string[];
  readonly colour?: string | readonly string[];
  readonly least_price_minor?: string;
  readonly most_price_minor?: string;
}

export const multiple = ["product_type", "colour", "brand"] as const;
export type Multiple = (typeof multiple)[number];

/** The values of a filter: none, one or several. */
export const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined || value === "" ? [] : typeof value === "string" ? [value] : value;

/** The same filters as the API reads them. */
export function catalogueQuery(filters: Filters, category?: string): string {
  const query = new URLSearchParams();
  if (category !== undefined) query.set("category", category);
  for (const name of ["q", "sort", "least_price_minor", "most_price_minor"] as const) {
    const value = filters[name];
    if (value !== undefined && value !== "") query.set(name, value);
  }
  for (const name of multiple) for (const value of listOf(filters[name])) query.append(name, value);
  return query.toString();
}

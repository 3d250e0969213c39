import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { catalogueQuery, type Filters, listOf, type Multiple, multiple } from "../filters.ts";
import type { Facets } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { useShop } from "../use-shop.tsx";
import { countText, titled } from "../words.ts";

const titles: Readonly<Record<Multiple, string>> = { product_type: "Type", colour: "Colour", brand: "Brand" };

interface Props {
  readonly filters: Filters;
  readonly category?: string | undefined;
  readonly facets: Facets | undefined;
  readonly onChange: (changed: Filters) => void;
}

/** What the list can be narrowed by. On small screens it folds behind one button that says how many filters are set. */
export function FacetPanel({ filters, category, facets, onChange }: Props) {
  const set = multiple.reduce((sum, name) => sum + listOf(filters[name]).length, 0);
  const priced = filters.least_price_minor !== undefined || filters.most_price_minor !== undefined ? 1 : 0;
  const [isOpen, setOpen] = useState(false);
  return (
    <aside className={isOpen ? "facets open" : "facets"} aria-label="Filters">
      <button type="button" className="button facets-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Filters{set + priced > 0 ? ` (${set + priced})` : ""}
      </button>
      {/* What can be counted and the prices come together: prices alone would be pushed down. */}
      {facets === undefined ? null : (
        <div className="facets-body">
          {multiple.map((name) => (
            <FacetList
              key={name}
              name={name}
              filters={filters}
              category={category}
              facets={facets}
              onChange={onChange}
            />
          ))}
          <PriceRange
            key={`${filters.least_price_minor}-${filters.most_price_minor}`}
            filters={filters}
            facets={facets}
            onChange={onChange}
          />
        </div>
      )}
    </aside>
  );
}

/** Values of one facet. Counted without its own choice, so that a second value can be added to the first. */
function FacetList({ name, filters, category, facets, onChange }: Props & { readonly name: Multiple }) {
  const chosen = listOf(filters[name]);
  const without = catalogueQuery({ ...filters, sort: "", [name]: [] }, category);
  const own = useQuery({
    queryKey: ["facets", without],
    queryFn: ({ signal }) => get<Facets>(`/catalogue/facets?${without}`, {}, signal),
    enabled: chosen.length > 0,
    placeholderData: keepPreviousData,
  });
  const rows = ((chosen.length > 0 ? own.data : undefined) ?? facets)?.rows.filter((row) => row.facet === name) ?? [];
  if (rows.length < 2 && chosen.length === 0) return null;
  return (
    <fieldset className="facet">
      <legend>{titles[name]}</legend>
      {rows.map((row) => (
        <label key={row.value}>
          <input
            type="checkbox"
            checked={chosen.includes(row.value)}
            onChange={(event) =>
              onChange({
                [name]: event.target.checked ? [...chosen, row.value] : chosen.filter((one) => one !== row.value),
              })
            }
          />
          <span>{titled(row.label)}</span>
          <span className="muted figure">{countText(row.article_count)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function PriceRange({ filters, facets, onChange }: Omit<Props, "category">) {
  const { shop, money } = useShop();
  const major = 10 ** shop.currency_decimals;
  const shown = (minor: string | undefined): string => (minor === undefined ? "" : String(Number(minor) / major));
  const [least, setLeast] = useState(shown(filters.least_price_minor));
  const [most, setMost] = useState(shown(filters.most_price_minor));
  const minor = (text: string): string =>
    /^\d+([.,]\d+)?$/.test(text.trim()) ? String(Math.round(Number(text.replace(",", ".")) * major)) : "";
  const from = facets?.least_price_minor;
  const to = facets?.greatest_price_minor;
  return (
    <form
      className="facet"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ least_price_minor: minor(least), most_price_minor: minor(most) });
      }}
    >
      <p className="facet-title">Price</p>
      {from !== null && from !== undefined && to !== null && to !== undefined ? (
        <p className="small muted">
          {money(from)} to {money(to)}
        </p>
      ) : null}
      <div className="facet-prices">
        <input
          inputMode="decimal"
          aria-label={`Lowest price in ${shop.currency}`}
          placeholder="From"
          value={least}
          onChange={(event) => setLeast(event.target.value)}
        />
        <input
          inputMode="decimal"
          aria-label={`Highest price in ${shop.currency}`}
          placeholder="To"
          value={most}
          onChange={(event) => setMost(event.target.value)}
        />
        <button type="submit" className="button">
          Set
        </button>
      </div>
    </form>
  );
}

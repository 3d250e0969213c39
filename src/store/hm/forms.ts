/** The three files by their published columns, and the rules of each, a row at a time. */
export const required = {
  articles: ["article_id", "prod_name", "product_type_name", "product_group_name"],
  customers: ["customer_id", "age", "postal_code"],
  transactions: ["t_dat", "customer_id", "article_id", "price", "sales_channel_id"],
} as const;
export type Kind = keyof typeof required;

const channels: Readonly<Record<string, string>> = { "1": "store", "2": "online" };

/** What a row turns out to be: one to load, one passed over, or one refused for a column's value. */
export type Verdict = { readonly row: object } | "passed over" | { readonly column: string; readonly reason: string };
export type Fields = (column: string) => string;

/** The rules of each file, a row at a time. */
export function verdicts(
  keep: ReadonlySet<string>,
  known: { readonly articles: Set<string>; readonly passed: Set<string> },
  { priceScale, decimals }: { readonly priceScale: number; readonly decimals: number },
): Readonly<Record<Kind, (field: Fields) => Verdict>> {
  const minorUnits = priceScale * 10 ** decimals;
  return {
    articles: (field) => {
      const id = field("article_id");
      if (id === "") return { column: "article_id", reason: "an article needs an id" };
      if (field("prod_name") === "") return { column: "prod_name", reason: "an article needs a name" };
      const marks = ["product_group_name", "product_type_name", "section_name"].map((one) => field(one).toLowerCase());
      if (keep.size > 0 && !marks.some((mark) => keep.has(mark))) {
        known.passed.add(id);
        return "passed over";
      }
      if (known.articles.has(id)) return { column: "article_id", reason: "an article with this id came before" };
      known.articles.add(id);
      return {
        row: {
          article_id: id,
          name: field("prod_name"),
          description: field("detail_desc"),
          product_type: field("product_type_name"),
          product_group: field("product_group_name") || "Other",
          index_group: field("index_group_name"),
          colour: field("colour_group_name"),
          pattern: field("graphical_appearance_name"),
        },
      };
    },
    customers: (field) => {
      const id = field("customer_id");
      if (id === "" || id.length > 100) return { column: "customer_id", reason: "must be 1 to 100 characters" };
      const age = field("age");
      if (age !== "" && !/^\d{1,3}(\.0+)?$/.test(age))
        return { column: "age", reason: "must be whole years, or empty" };
      const years = age === "" ? null : Math.trunc(Number(age));
      return { row: { customer_id: id, age: years !== null && years < 110 ? years : null } };
    },
    transactions: (field) => {
      const article = field("article_id");
      if (known.passed.has(article)) return "passed over";
      if (!known.articles.has(article)) return { column: "article_id", reason: "no article has this id" };
      const day = field("t_dat");
      if (!isDay(day)) return { column: "t_dat", reason: "must be a day of the calendar, YYYY-MM-DD" };
      const customer = field("customer_id");
      if (customer === "" || customer.length > 100)
        return { column: "customer_id", reason: "must be 1 to 100 characters" };
      const price = field("price");
      const price_minor = Math.round(Number(price) * minorUnits);
      if (!/^\d+(\.\d+)?(e-?\d+)?$/i.test(price) || !Number.isSafeInteger(price_minor))
        return { column: "price", reason: "must be a number of at least 0" };
      const channel = channels[field("sales_channel_id")];
      if (channel === undefined) return { column: "sales_channel_id", reason: "must be 1 (store) or 2 (online)" };
      return { row: { bought_on: day, customer_id: customer, article_id: article, price_minor, channel } };
    },
  };
}

function isDay(text: string): boolean {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

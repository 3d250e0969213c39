import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CartwrightError } from "../../errors.ts";
import { findAnalysis } from "../index.ts";
import { isAnalysisName, type OwnHome } from "./read-own.ts";

const declaration = (title: string): string => `{
  // What the card shows, and the question it answers. Changes count at once; \`cartwright analyses check\` looks them over.
  "title": ${JSON.stringify(title)},
  "question": "Which countries bring the orders, and how large are they?",
  "grain": "one row per country",
  // The page the card stands on; "own" is the page Own analyses.
  "page": "own",
  // Types: day, integer, number, choice, choices, text, texts, flag.
  "params": {
    "min_orders": { "type": "integer", "min": 1, "max": 1000000, "default": 1, "meaning": "Fewest orders of a country that is listed" }
  },
  "filters": ["category", "brand", "channel", "country", "segment"],
  "hasPeriod": true,
  // Types: text, choice, count, ordinal, money, meanMoney, rate, number, seconds, days, years, bytes, day, month, instant,
  // flag, list. Money is whole minor units; add "nullable": true where a value may be unknown.
  "columns": {
    "country": { "type": "text", "meaning": "Country of the order; (unknown) where the source names none" },
    "order_count": { "type": "count", "meaning": "Orders placed in the period with a positive line" },
    "average_order_value_minor": { "type": "meanMoney", "meaning": "Net value of an order at the time it was placed" }
  },
  "chart": { "kind": "bar", "x": "country", "y": "order_count", "horizontal": true }
}
`;

const sql = `-- One row per country of orders in [{period_start:Date}, {period_end:Date}), shop time zone.
-- Scopes carry the period and the filters: scoped_orders, scoped_lines, scoped_events, scoped_sessions.
select
    if(orders.country = '', '(unknown)', orders.country) as country,
    count() as order_count,
    avg(orders.net_minor) as average_order_value_minor
from scoped_orders as orders
group by country
having order_count >= {min_orders:UInt32}
order by order_count desc, country
`;

/** The words of a name: "orders-by-country" as "Orders by country". */
const titleOf = (name: string): string => {
  const words = name.replaceAll("-", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

/** Writes a working analysis to start from; nothing that is there is overwritten. Returns the paths of its files. */
export function writeTemplate({ folders }: OwnHome, name: string): readonly string[] {
  const refuse = (why: string): never => {
    throw new CartwrightError("invalid_parameter", `the name ${why}, got "${name}"`, { name: "name" });
  };
  if (!isAnalysisName(name)) refuse("must be lower-case letters, digits and -, beginning with a letter");
  if (findAnalysis(name)) refuse("must not be that of a built-in analysis");
  const files = [
    [join(folders.analyses, `${name}.json`), declaration(titleOf(name))],
    [join(folders.analyses, `${name}.sql`), sql],
  ] as const;
  if (files.some(([path]) => existsSync(path))) refuse("must be new: there are files of this name");
  mkdirSync(folders.analyses, { recursive: true, mode: 0o700 });
  for (const [path, text] of files) writeFileSync(path, text, { flag: "wx" });
  return files.map(([path]) => path);
}

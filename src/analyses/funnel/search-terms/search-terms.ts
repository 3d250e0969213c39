import { count, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What visitors search for, and whether they buy. See ./README.md for how to read it. */
export const searchTerms = defineAnalysis({
  name: "search-terms",
  page: "funnel",
  title: "Search terms",
  question: "What do visitors search for, and do they buy?",
  grain: "one row per search term, the most frequent first",
  params: { limit: param.integer("Most terms shown", { min: 1, max: 1_000_000, default: 50 }) },
  filters: ["channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    search_term: text("Term in lower case; (unknown) where the source gives none"),
    search_count: count("Search events"),
    visitor_count: count("Customers and visitors who searched it"),
    session_count: count("Sessions with such a search"),
    purchasing_session_count: count("Of those, sessions with a purchase"),
    session_conversion_rate: nullable(rate("purchasing_session_count / session_count; null without sessions")),
  },
  sql: new URL("./search-terms.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});

import { eventTypes } from "../../../warehouse/event-types.ts";
import { count, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** The ways visitors take through a session. See ./README.md for how to read it. */
export const paths = defineAnalysis({
  name: "paths",
  page: "funnel",
  title: "Paths",
  question: "Which ways do visitors take, and which of them end in a purchase?",
  grain: "one row per path, the most frequent first",
  params: {
    length: param.integer("Most steps of a path", { min: 1, max: 100, default: 5 }),
    direction: param.choice(
      "forward: what follows the start or from_step; backward: what leads to the end or from_step",
      ["forward", "backward"],
      "forward",
    ),
    from_step: param.choice(
      "Kind of event to start from; empty for start or end of the session",
      ["", ...eventTypes],
      "",
    ),
    limit: param.integer("Most paths shown", { min: 1, max: 1_000_000, default: 50 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    path: text("Kinds of events in order, joined by ' > '"),
    session_count: count("Sessions that took it"),
    purchase_rate: rate("Of those, share with a purchase anywhere in the session"),
    session_share_rate: rate("session_count / all sessions that have such a path"),
  },
  sql: new URL("./paths.sql", import.meta.url),
  chart: { kind: "bar", x: "path", y: "session_count", horizontal: true },
  metrics: ["session_count"],
});

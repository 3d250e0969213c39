import { additiveMetric, ratioMetric, semiAdditiveMetric } from "./define.ts";

export const eventCount = additiveMetric({
  name: "event_count",
  label: "Events",
  unit: "count",
  meaning: "Interactions of any kind, bots and staff included unless excluded.",
});

export const visitorCount = semiAdditiveMetric({
  name: "visitor_count",
  label: "Visitors",
  unit: "count",
  meaning: "Distinct customers and visitors with an event. Not to be summed over days; unknown visitors count no one.",
});

export const sessionCount = additiveMetric({
  name: "session_count",
  label: "Sessions",
  unit: "count",
  meaning:
    "Sessions by their day of start: one given session id, or events of a customer without 30 minutes of silence; cut at 24 hours.",
});

export const purchasingSessionCount = additiveMetric({
  name: "purchasing_session_count",
  label: "Purchasing sessions",
  unit: "count",
  meaning: "Sessions with at least one purchase event.",
});

export const sessionConversionRate = ratioMetric({
  name: "session_conversion_rate",
  label: "Session conversion",
  unit: "rate",
  numerator: purchasingSessionCount,
  denominator: sessionCount,
  meaning: "Sessions with a purchase / sessions. Shops without a stream of events have no sessions, and no conversion.",
});

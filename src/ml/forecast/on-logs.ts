import type { Method } from "./forecast.ts";

/** A method applied to the logarithms of a series whose values are all positive; as it stands to any other. */
export const onLogs =
  (method: Method): Method =>
  (values, season, horizon) => {
    if (!values.every((value) => value > 0)) return method(values, season, horizon);
    const { values: logs, deviations } = method(values.map(Math.log), season, horizon);
    // Beyond e^3 times the largest value seen, a trend of logarithms is an artefact.
    const highest = Math.log(values.reduce((most, value) => Math.max(most, value), 0)) + 3;
    const points = logs.map((log) => Math.exp(Math.min(log, highest)));
    return { values: points, deviations: deviations.map((deviation, step) => deviation * points[step]!) };
  };

/** What an alert is: one number of one analysis over the last days, and when it is worth telling. */
import { z } from "zod";
import type { Analysis } from "../analyses/define.ts";
import { findAnalysisIn, type OwnHome } from "../analyses/own-files/index.ts";
import { CartwrightError } from "../errors.ts";
import { type KeptKind, titleField } from "../kept/index.ts";

const condition = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["above", "below"]), value: z.number() }),
  z.strictObject({
    kind: z.literal("change"),
    direction: z.enum(["rise", "fall", "either"]),
    rate: z.number().positive(),
  }),
  z.strictObject({ kind: z.literal("anomaly") }),
]);

const value = z.union([z.string().max(1024), z.array(z.string().max(1024)).max(100)]);

const schema = z.strictObject({
  title: titleField,
  analysis: z.string(),
  column: z.string(),
  params: z.record(z.string(), value).default({}),
  where: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  last_days: z.int().min(1).max(400).default(1),
  condition,
});

/**
 * `params` are the analysis' own, filters included; `where` names the row by values of its columns; `last_days` is the length
 * of the period, where the analysis has one. Values are in the column's unit: minor units of money, rates as fractions.
 */
export type Alert = z.infer<typeof schema>;

export const alerts: KeptKind<Alert> = { name: "alert", word: "alert", schema: schema as z.ZodType<Alert> };

const refuse = (name: string, message: string): never => {
  throw new CartwrightError("kept_invalid", `${name}: ${message}`, { name });
};

const ownParams = /^(period_start|period_end|compare.*|format)$/;

/** The analysis of an alert, built in or own, when the two fit. @throws kept_invalid, own_analysis_invalid */
export function analysisOf(alert: Alert, home: OwnHome): Analysis {
  const analysis = findAnalysisIn(home, alert.analysis);
  if (!analysis) return refuse("analysis", `there is no analysis "${alert.analysis}"`);
  if (!(alert.column in analysis.columns)) refuse("column", `${alert.analysis} has no column "${alert.column}"`);
  const unknown = Object.keys(alert.where).find((name) => !(name in analysis.columns));
  if (unknown) refuse("where", `${alert.analysis} has no column "${unknown}"`);
  const fixed = Object.keys(alert.params).find((name) => ownParams.test(name));
  if (fixed) refuse("params", `${fixed} follows from last_days and the condition`);
  if (alert.condition.kind === "change" && !analysis.hasPeriod)
    refuse("condition", `${alert.analysis} has no period to compare with the one before`);
  if (alert.condition.kind === "anomaly" && alert.analysis !== "anomalies")
    refuse("condition", `anomaly is a condition of the analysis anomalies, not of ${alert.analysis}`);
  return analysis;
}

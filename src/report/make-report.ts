/** The whole story of a shop, asked from its analyses. */
import { findAnalysis } from "../analyses/index.ts";
import { type AnalysisContext, type Given, resolveValues, runAnalysis } from "../analyses/run.ts";
import { CartwrightError } from "../errors.ts";
import { addDays } from "../warehouse/day-range.ts";
import { renderReport } from "./render.ts";
import type { ReportSource, Section } from "./section.ts";
import { basketSection } from "./sections/basket.ts";
import { channelsSection } from "./sections/channels.ts";
import { cohortsSection, survivalSection } from "./sections/cohorts.ts";
import { clustersSection, rfmSection, tiersSection } from "./sections/customers.ts";
import { forecastSection } from "./sections/forecast.ts";
import { profitSection } from "./sections/profit.ts";
import { seasonsSection } from "./sections/seasons.ts";
import { summarySection } from "./sections/summary.ts";
import { trendSection } from "./sections/trend.ts";
import { createWords } from "./words.ts";

/** In the order of the story; a section that needs a trained model is left out before its first training. */
const makers: readonly ((source: ReportSource) => Promise<Section | null>)[] = [
  summarySection,
  trendSection,
  forecastSection,
  channelsSection,
  profitSection,
  seasonsSection,
  rfmSection,
  tiersSection,
  clustersSection,
  cohortsSection,
  survivalSection,
  basketSection,
];

export interface ReportOptions {
  readonly shop: string;
  readonly currency: string;
  /** Minor digits of the currency. */
  readonly decimals: number;
  readonly version: string;
  /** Period and filters as an analysis takes them; every day and the whole shop when empty. */
  readonly given: Given;
}

function analysisOf(name: string) {
  const analysis = findAnalysis(name);
  if (!analysis) throw new CartwrightError("internal", `the report asks for ${name}, which is not in the catalogue`);
  return analysis;
}

const filtersInWords = (given: Given): string =>
  Object.entries(given)
    .filter(([name, value]) => !name.startsWith("period_") && value !== undefined && value !== "everyone")
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(" or ") : String(value)}`)
    .join(", ");

export interface Report {
  /** One HTML file that needs nothing else. */
  readonly html: string;
  /** The first and last day it is about. */
  readonly period: { readonly from: string; readonly to: string };
  /** What the key figures say. */
  readonly summary: string;
}

/** The page alone. @throws what an analysis refuses */
export const makeReport = async (context: AnalysisContext, options: ReportOptions): Promise<string> =>
  (await composeReport(context, options)).html;

/** Asks every section's analyses, one after the other, and writes the page. @throws what an analysis refuses */
export async function composeReport(context: AnalysisContext, options: ReportOptions): Promise<Report> {
  const { given } = options;
  const values = resolveValues(analysisOf("kpi-summary"), given, context.extent);
  const period = { from: String(values.period_start), to: addDays(String(values.period_end), -1) };
  const words = createWords(options.currency, options.decimals);
  const source: ReportSource = {
    words,
    period,
    ask: async (name, own = {}) => {
      const analysis = analysisOf(name);
      const common = Object.entries(given).filter(([param]) => param in analysis.allParams);
      try {
        return (await runAnalysis(context, analysis, { ...Object.fromEntries(common), ...own })).rows;
      } catch (error) {
        // A report tells what there is: a training that was never asked for is nothing to fail on.
        if (error instanceof CartwrightError && error.code === "model_not_trained") return [];
        throw error;
      }
    },
  };
  const sections: Section[] = [];
  for (const make of makers) {
    const section = await make(source);
    if (section) sections.push(section);
  }
  const { dataVersion, refreshedAt } = context.extent;
  const { timeZone } = context;
  const filters = filtersInWords(given);
  const html = renderReport({ ...options, period, timeZone, filters, dataVersion, refreshedAt }, sections, words);
  return { html, period, summary: sections.find(({ id }) => id === "summary")?.sentence ?? "" };
}

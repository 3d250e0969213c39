/** Annotations nobody writes: where the rows of an import begin, and days with unusually many price changes. */
import { basename } from "node:path";
import { findAnalysis } from "../analyses/index.ts";
import { type AnalysisContext, runAnalysis } from "../analyses/run.ts";
import { addDays } from "../warehouse/day-range.ts";
import { readSql } from "../warehouse/sql-file.ts";
import type { Annotation } from "./annotation.ts";

export interface AutomaticAnnotation extends Annotation {
  readonly kind: "import" | "prices";
}

const importSql = readSql(new URL("./import-days.sql", import.meta.url));
const everywhere = { page: null, analysis: null } as const;
const mostNamed = 3;

function fileWords(files: readonly string[]): string {
  const names = files.slice(0, mostNamed).map((file) => basename(file));
  const rest = files.length - names.length;
  return `${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""} ${files.length === 1 ? "begins" : "begin"} here`;
}

/** A price that changed, by its day and direction. */
export interface PriceChange {
  readonly on: string;
  readonly isRise: boolean;
}

/** Fewer changes than this are everyday business however calm the shop is. */
const fewestChanges = 3;
/** Standard deviations above the mean number of changes a day from which a day is marked. */
const unusual = 3;

/**
 * Days whose number of changed prices is at least three and more than three standard deviations above the mean over the
 * `dayCount` days; days without a change count as zero.
 */
export function priceDays(changes: readonly PriceChange[], dayCount: number): readonly AutomaticAnnotation[] {
  const byDay = new Map<string, { rises: number; all: number }>();
  for (const { on, isRise } of changes) {
    const day = byDay.get(on) ?? { rises: 0, all: 0 };
    byDay.set(on, { rises: day.rises + (isRise ? 1 : 0), all: day.all + 1 });
  }
  const counts = [...byDay.values()].map(({ all }) => all);
  const mean = changes.length / dayCount;
  const square = counts.reduce((sum, count) => sum + count * count, 0) / dayCount;
  const limit = mean + unusual * Math.sqrt(Math.max(0, square - mean * mean));
  return [...byDay]
    .filter(([, { all }]) => all >= fewestChanges && all > limit)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { rises, all }]) => ({
      kind: "prices" as const,
      first_on: day,
      last_on: day,
      text: `${all} prices changed: ${rises} up, ${all - rises} down`,
      ...everywhere,
    }));
}

/** Both kinds, by day. Reads every price of the shop, so the answer should be kept until the data change. */
export async function automaticAnnotations(context: AnalysisContext): Promise<readonly AutomaticAnnotation[]> {
  const { extent, warehouse } = context;
  const history = findAnalysis("price-history");
  if (!extent.firstDay || !extent.lastDay || !history) return [];
  const imports = (await warehouse.query(importSql)).map((row) => {
    const day = String(row.first_day);
    return {
      kind: "import" as const,
      first_on: day,
      last_on: day,
      text: fileWords(row.files as readonly string[]),
      ...everywhere,
    };
  });
  const { rows } = await runAnalysis(context, history, { limit: 200_000 });
  const changes = rows.map((row) => ({ on: String(row.valid_from_on), isRise: Number(row.change_rate) > 0 }));
  let dayCount = 0;
  for (let day = extent.firstDay; day <= extent.lastDay; day = addDays(day, 1)) dayCount += 1;
  return [...imports, ...priceDays(changes, dayCount)].sort((a, b) => (a.first_on < b.first_on ? -1 : 1));
}

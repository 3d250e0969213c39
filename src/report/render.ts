/** The report as one HTML file that needs nothing else: no script, no font, no picture from anywhere. */
import { readSql } from "../warehouse/sql-file.ts";
import { escapeHtml } from "./html.ts";
import type { Section } from "./section.ts";
import type { Words } from "./words.ts";

export interface ReportHead {
  readonly shop: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly timeZone: string;
  readonly currency: string;
  /** Filters in words; empty for the whole shop. */
  readonly filters: string;
  readonly dataVersion: string;
  readonly refreshedAt: string | null;
  readonly version: string;
}

const sectionHtml = (section: Section): string =>
  `<section id="${section.id}" aria-labelledby="${section.id}-title"><h2 id="${section.id}-title">${escapeHtml(section.title)}</h2>` +
  `<p class="sentence">${escapeHtml(section.sentence)}</p>${section.body === "" ? "" : `<div class="scroll">${section.body}</div>`}` +
  `<p class="key">From ${section.analyses.map((name) => `<code>${escapeHtml(name)}</code>`).join(" and ")}.</p></section>`;

export function renderReport(head: ReportHead, sections: readonly Section[], words: Words): string {
  const style = readSql(new URL("./report.css", import.meta.url));
  const days = `${words.day(head.period.from)} to ${words.day(head.period.to)}`;
  const title = `${head.shop}: ${days}`;
  const links = sections.map((section) => `<a href="#${section.id}">${escapeHtml(section.title)}</a>`).join("");
  const filters = head.filters === "" ? "The whole shop" : `Only ${escapeHtml(head.filters)}`;
  const refreshed = head.refreshedAt === null ? "" : `, refreshed ${escapeHtml(head.refreshedAt)}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><header><h1>${escapeHtml(head.shop)}</h1><p>${escapeHtml(days)}. ${filters}. Amounts in ${escapeHtml(head.currency)}, days of ${escapeHtml(head.timeZone)}.</p></header>
<nav aria-label="Sections">${links}</nav>
${sections.map(sectionHtml).join("\n")}
<footer><p>Made by Cartwright ${escapeHtml(head.version)} from version ${escapeHtml(head.dataVersion)} of the data${refreshed}. Each section names the analyses it is made of: <code>cartwright query NAME</code> gives the same figures.</p></footer>
</main></body></html>
`;
}

/** Text as HTML, and tables. */

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that comes from data or people, safe between tags and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

export interface TableColumn<R> {
  readonly label: string;
  readonly isFigure: boolean;
  readonly text: (row: R) => string;
}

/** A table with its caption; figures stand on the right. */
export function htmlTable<R>(caption: string, columns: readonly TableColumn<R>[], rows: readonly R[]): string {
  const cell = (tag: "td" | "th", column: TableColumn<R>, text: string): string =>
    `<${tag}${tag === "th" ? ' scope="col"' : ""}${column.isFigure ? ' class="figure"' : ""}>${escapeHtml(text)}</${tag}>`;
  const head = columns.map((column) => cell("th", column, column.label)).join("");
  const body = rows.map((row) => `<tr>${columns.map((column) => cell("td", column, column.text(row))).join("")}</tr>`);
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

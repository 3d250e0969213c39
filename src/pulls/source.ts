/** A place new rows are taken from. */

/** One row with its place in the order of the source. */
export interface PulledRow {
  /** As it is put into the file: a JSON object. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Text of the watermark's column, or the cursor of the row's page. */
  readonly watermark: string;
}

export interface RowSource {
  /** True when rows come in the source's own order of watermarks, so that the last one is the newest. */
  readonly isOrdered: boolean;
  /**
   * Rows whose watermark is `since` or later; every row that has a watermark when it is null.
   *
   * @throws pull_failed when the source cannot be read
   */
  readonly rows: (since: string | null) => AsyncIterable<PulledRow>;
}

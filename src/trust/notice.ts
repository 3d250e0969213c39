/** Something that is wrong with the data, in a sentence, and what it touches. */

export interface Notice {
  /**
   * `drop`: fewer events than usual; `stale`: a source is silent; `violation`: properties against the tracking plan;
   * `unreachable`: nodes of the warehouse do not answer, and their rows are missing.
   */
  readonly kind: "drop" | "stale" | "violation" | "unreachable";
  readonly message: string;
  /** Kinds of event, or of row, that are touched; none where that does not follow from the kind. */
  readonly event_types: readonly string[];
  readonly row_kinds: readonly string[];
  /** First and last day it touches, shop time zone; the last is null while it goes on. */
  readonly since_on: string;
  readonly until_on: string | null;
}

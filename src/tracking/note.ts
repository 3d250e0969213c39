/**
 * What is kept of holding a message against the plan: a text of lines, the first the event's name at its source, each further
 * one a kind of violation and a property. It stands in the event's own row, so that it is loaded, undone, set aside as a
 * repetition and erased with it.
 */

export const violationKinds = [
  "unplanned_event",
  "unplanned_property",
  "missing_property",
  "wrong_type",
  "value_not_allowed",
] as const;
export type ViolationKind = (typeof violationKinds)[number];

export interface Violation {
  readonly kind: ViolationKind;
  /** Path of the property; of lists `products[].price`. Empty for an event that is not planned. */
  readonly property: string;
}

const longestName = 64;
/** Stands for a name that may say who somebody is, or that nobody would give on purpose. */
export const unkeptName = "(a name that is not kept)";

/** Letters, digits and what programs join words with; an address, a number of somebody, or a text is none. */
const plainName = /^[\p{L}_$][\p{L}\p{N}_$ .:/[\]()&-]*$/u;
const longNumber = /\d{6}/;

const keptNames = new Map<string, string>();
const mostKept = 10_000;

/** The name as it is kept. What clients send may be anything: names are looked over once each. */
function keptName(name: string): string {
  const known = keptNames.get(name);
  if (known !== undefined) return known;
  const kept = name.length <= longestName && plainName.test(name) && !longNumber.test(name) ? name : unkeptName;
  if (keptNames.size < mostKept && name.length <= longestName) keptNames.set(name, kept);
  return kept;
}

/** The note of a message. */
export function noteOf(event: string, violations: readonly Violation[]): string {
  let note = keptName(event);
  for (const { kind, property } of violations)
    note += property === "" ? `\n${kind}` : `\n${kind} ${keptName(property)}`;
  return note;
}

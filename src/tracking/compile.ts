/**
 * A plan made ready to be held against every message: maps instead of objects, one function a property. Nothing is kept of a
 * message that fits, and of one that does not only names that the plan or the source gave, never a value.
 */
import { eventTypeOf } from "../sources/segment/event-names.ts";
import { noteOf, type Violation, type ViolationKind } from "./note.ts";
import type { EventRule, PropertyRule, PropertyType, TrackingPlan } from "./plan.ts";
import { longestSearched } from "./safe-pattern.ts";

type Found = Violation[];
type Given = Readonly<Record<string, unknown>>;
type Check = (value: unknown, path: string, found: Found) => void;

/** Most violations told of one message. */
export const mostViolations = 16;
/** Entries of a list that are looked at; collecting takes no more products. */
const mostItems = 500;

const isObject = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isOf(type: PropertyType, value: unknown): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "null":
      return value === null;
  }
}

/** An empty text and null say nothing: nobody can count by them. */
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === "";

/** Tells a violation once a message, however many entries of a list show it. */
function tell(found: Found, kind: ViolationKind, property: string): void {
  if (found.length >= mostViolations) return;
  for (const one of found) if (one.kind === kind && one.property === property) return;
  found.push({ kind, property });
}

function objectCheck(rule: Pick<PropertyRule, "properties" | "required" | "additionalProperties">) {
  const checks = new Map(Object.entries(rule.properties ?? {}).map(([name, one]) => [name, propertyCheck(one)]));
  const required = rule.required ?? [];
  const isClosed = rule.additionalProperties === false;
  return (given: Given, prefix: string, found: Found): void => {
    for (const name of required) if (isNothing(given[name])) tell(found, "missing_property", prefix + name);
    for (const name in given) {
      const value = given[name];
      if (value === undefined) continue;
      const check = checks.get(name);
      if (check) {
        if (!isNothing(value)) check(value, prefix + name, found);
      } else if (isClosed) tell(found, "unplanned_property", prefix + name);
    }
  };
}

function propertyCheck(rule: PropertyRule): Check {
  const types = rule.type === undefined ? [] : typeof rule.type === "string" ? [rule.type] : rule.type;
  const allowed = rule.enum && new Set<unknown>(rule.enum);
  const pattern = rule.pattern === undefined ? null : new RegExp(rule.pattern, "u");
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = rule;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = rule;
  const ofObject = rule.properties || rule.required || rule.additionalProperties === false ? objectCheck(rule) : null;
  const ofItem = rule.items ? propertyCheck(rule.items) : null;
  const isFine = (value: unknown): boolean => {
    if (allowed && !allowed.has(value)) return false;
    if (typeof value === "number") return value >= minimum && value <= maximum;
    if (typeof value !== "string") return true;
    if (value.length < minLength || value.length > maxLength) return false;
    return pattern === null || (value.length <= longestSearched && pattern.test(value));
  };
  return (value, path, found) => {
    if (types.length > 0 && !types.some((type) => isOf(type, value))) {
      // Null stands for nothing given, which only `required` minds.
      if (value !== null) tell(found, "wrong_type", path);
      return;
    }
    if (!isFine(value)) tell(found, "value_not_allowed", path);
    if (ofObject && isObject(value)) ofObject(value, `${path}.`, found);
    if (ofItem && Array.isArray(value)) {
      const below = `${path}[]`;
      for (let at = 0; at < value.length && at < mostItems; at += 1) ofItem(value[at], below, found);
    }
  };
}

/** The name under which a plan knows a message's event; empty for calls that a plan does not describe. */
export function plannedName(message: Given): string {
  if (message.type === "track") return typeof message.event === "string" ? message.event.trim() : "";
  if (message.type === "page") return "Page Viewed";
  return message.type === "screen" ? "Screen Viewed" : "";
}

/** What the plan says of a message, as a note; empty for calls that it does not describe. */
export type PlanCheck = (message: Given) => string;

/** The check of a shop without a plan: only the event's name is noted. */
export const nameOnly: PlanCheck = (message) => {
  const name = plannedName(message);
  return name === "" ? "" : noteOf(name, []);
};

const unplanned: Found = [{ kind: "unplanned_event", property: "" }];
const nothing: Given = {};

/** Makes a plan ready. */
export function compilePlan(plan: TrackingPlan): PlanCheck {
  const events = new Map(
    Object.entries(plan.events).map(([name, rule]: [string, EventRule]) => [
      name,
      { fits: noteOf(name, []), isExpected: rule.expected, check: objectCheck(rule) },
    ]),
  );
  return (message) => {
    const name = plannedName(message);
    if (name === "") return "";
    const rule = events.get(name);
    // Views of pages and screens come by themselves, whether or not somebody planned them.
    if (!rule) return plan.additionalEvents || message.type !== "track" ? noteOf(name, []) : noteOf(name, unplanned);
    if (!rule.isExpected) return noteOf(name, unplanned);
    const found: Found = [];
    rule.check(isObject(message.properties) ? message.properties : nothing, "", found);
    return found.length === 0 ? rule.fits : noteOf(name, found);
  };
}

/** The kinds of interaction that a plan's event names stand for. */
export const kindOfEvent = (name: string): string =>
  name === "Page Viewed" || name === "Screen Viewed" ? "page" : eventTypeOf(name);

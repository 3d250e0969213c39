/** The shapes of messages that came by: a first plan is drafted from them. Names and types, never a value. */
import { plannedName } from "./compile.ts";
import { type PropertyRule, type PropertyType, propertyTypes, type TrackingPlan } from "./plan.ts";

interface Shape {
  seen: number;
  readonly types: Set<PropertyType>;
  /** Of objects and of lists of objects. */
  readonly below: Map<string, Shape>;
  /** Objects counted, so that each property's presence has its base. */
  objects: number;
  isList: boolean;
}

const mostEvents = 500;
const mostNames = 200;
/** So many messages of an event are looked at, and one in `rest` of those after. */
const firstOfEach = 1000;
const rest = 64;
const mostItems = 20;
const deepest = 3;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const emptyShape = (): Shape => ({ seen: 0, types: new Set(), below: new Map(), objects: 0, isList: false });

function typeOf(value: unknown): PropertyType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return propertyTypes.find((type) => type === typeof value) ?? "string";
}

function noteObject(shape: Shape, given: Readonly<Record<string, unknown>>, depth: number): void {
  shape.objects += 1;
  for (const name in given) {
    let property = shape.below.get(name);
    if (!property) {
      if (shape.below.size >= mostNames) continue;
      property = emptyShape();
      shape.below.set(name, property);
    }
    noteValue(property, given[name], depth);
  }
}

function noteValue(shape: Shape, value: unknown, depth: number): void {
  if (value === undefined) return;
  if (value !== null && value !== "") shape.seen += 1;
  shape.types.add(typeOf(value));
  if (depth >= deepest) return;
  if (isObject(value)) noteObject(shape, value, depth + 1);
  if (!Array.isArray(value)) return;
  shape.isList = true;
  for (const item of value.slice(0, mostItems)) if (isObject(item)) noteObject(shape, item, depth + 1);
}

export class SeenShapes {
  readonly #events = new Map<string, { count: number; readonly shape: Shape }>();

  note(message: Readonly<Record<string, unknown>>): void {
    const name = plannedName(message);
    if (name === "") return;
    let event = this.#events.get(name);
    if (!event) {
      if (this.#events.size >= mostEvents || name.length > 128) return;
      event = { count: 0, shape: emptyShape() };
      this.#events.set(name, event);
    }
    event.count += 1;
    if (event.count > firstOfEach && event.count % rest !== 0) return;
    noteObject(event.shape, isObject(message.properties) ? message.properties : {}, 0);
  }

  /** Lets go of names that say who an erased person is. */
  forgetNamed(isNamed: (text: string) => boolean): void {
    const forget = ({ below }: Shape): void => {
      for (const [name, shape] of below) {
        if (isNamed(name)) below.delete(name);
        else forget(shape);
      }
    };
    for (const [name, { shape }] of this.#events) {
      if (isNamed(name)) this.#events.delete(name);
      else forget(shape);
    }
  }

  get messageCount(): number {
    return [...this.#events.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** A plan that everything seen so far fits: what every message held is required, and nothing else is expected. */
  draft(): TrackingPlan {
    const events = [...this.#events].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      version: 0,
      description: `Drafted from ${this.messageCount} messages. Say what each event is for, and take out what ought not to come.`,
      additionalEvents: false,
      events: Object.fromEntries(
        events.map(([name, { count, shape }]) => [
          name,
          { description: `${count} messages seen`, expected: true, ...holdsOf(shape) },
        ]),
      ),
    };
  }
}

function holdsOf(shape: Shape): Pick<PropertyRule, "properties" | "required" | "additionalProperties"> {
  const names = [...shape.below.keys()].sort();
  return {
    properties: Object.fromEntries(names.map((name) => [name, ruleOf(shape.below.get(name) as Shape, shape.objects)])),
    required: names.filter((name) => shape.below.get(name)?.seen === shape.objects),
    additionalProperties: false,
  };
}

function ruleOf(shape: Shape, base: number): PropertyRule {
  // A whole number is a number too: where both came, the wider is meant.
  const types = [...shape.types].filter(
    (type) => type !== "null" && !(type === "integer" && shape.types.has("number")),
  );
  const share = base === 0 ? 0 : Math.floor((100 * shape.seen) / base);
  const holds = shape.objects > 0 ? holdsOf(shape) : {};
  return {
    description: `in ${share} % of messages`,
    ...(types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types.sort() }),
    ...(shape.isList ? (shape.objects > 0 ? { items: { type: "object", ...holds } } : {}) : holds),
  };
}

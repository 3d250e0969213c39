// What holding each message against a tracking plan costs: messages as shops send them, read for the journal without a plan's
// check, with the event's name noted only, and with a plan drafted from them; then the shapes noted for drafts.
// `node bench/tracking-plan.mjs [--messages 200000] [--rounds 5]`
import { readMessage } from "../dist/collect/message.js";
import { compilePlan, nameOnly } from "../dist/tracking/compile.js";
import { SeenShapes } from "../dist/tracking/seen.js";
import { messageOf } from "./support/collect-load.mjs";
import { option } from "./support/shop.mjs";

const count = option("messages", 200_000);
const rounds = option("rounds", 5);
const received = Date.UTC(2026, 0, 1);
const messages = Array.from({ length: count }, (_, index) => ({
  type: "track",
  ...messageOf(`m-${index}`, index, "2026-01-01T00:00:00Z"),
}));
const seen = new SeenShapes();
for (const message of messages) seen.note(message);
const plan = seen.draft();

/** @param {string} name @param {() => void} work */
function measure(name, work) {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    work();
    return ((performance.now() - started) * 1e6) / count;
  });
  const median = times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
  console.log(
    JSON.stringify({ name, ns_per_message: Math.round(median), messages_per_second: Math.round(1e9 / median) }),
  );
  return median;
}

/** @param {(message: any) => string} planCheck */
const reading = (planCheck) => () => {
  const delivery = { sentAt: undefined, received, currency: "USD", newId: () => "made", planCheck };
  for (const message of messages) readMessage(message, delivery);
};
const checked = compilePlan(plan);
const bare = measure(
  "read, no check",
  reading(() => ""),
);
measure("read, name noted", reading(nameOnly));
const whole = measure("read, held against the plan", reading(checked));
measure("the check alone", () => {
  for (const message of messages) checked(message);
});
const shapes = new SeenShapes();
const noting = measure("shapes noted alone", () => {
  for (const message of messages) shapes.note(message);
});
console.log(
  JSON.stringify({ added_ns: Math.round(whole - bare + noting), added_share: (whole - bare + noting) / bare }),
);

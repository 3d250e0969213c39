/** Alerts: rules on numbers, checked when the data change, shown and sent. */
export { type Alert, alerts, analysisOf } from "./alert.ts";
export { type Checked, type Checking, checkAlerts } from "./check.ts";
export { evaluate, judgedDay } from "./evaluate.ts";
export { type Firing, firingId, listFirings } from "./firings.ts";
export { isDue, sendFirings, webhookOf } from "./send.ts";

/** Where a person begins: only who arrives at the bare address is taken there, once. */
import type { Place } from "../api.ts";

function isArrival(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  const isNavigation = entry instanceof PerformanceNavigationTiming && entry.type === "navigate";
  const { pathname, search, origin } = window.location;
  // A page opened in a new tab from the dashboard is meant as it is.
  return isNavigation && pathname === "/" && search === "" && !document.referrer.startsWith(origin);
}

let isWaiting = isArrival();

/** The start page when it is still to be gone to; null ever after. */
export function takeStart(start: Place | null): Place | null {
  if (!isWaiting) return null;
  isWaiting = false;
  return start;
}

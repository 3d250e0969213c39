/** What a browser itself notes of a page: its paints, its shifts, how long it took to answer to touches. */

/** @typedef {{ paint: number, largest: number, shift: number, delay: number }} Vitals */

/** Runs in the page before anything else: keeps what the browser notes. */
export const observe = () => {
  const vitals = { paint: 0, largest: 0, shift: 0, delay: 0 };
  Object.assign(window, { vitals });
  const watch = (/** @type {string} */ type, /** @type {(entry: any) => void} */ note) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) note(entry);
    }).observe({ type, buffered: true, durationThreshold: 16 });
  watch("paint", (entry) => {
    if (entry.name === "first-contentful-paint") vitals.paint = entry.startTime;
  });
  watch("largest-contentful-paint", (entry) => {
    vitals.largest = entry.startTime;
  });
  watch("layout-shift", (entry) => {
    if (!entry.hadRecentInput) vitals.shift += entry.value;
  });
  watch("event", (entry) => {
    if (entry.interactionId > 0) vitals.delay = Math.max(vitals.delay, entry.duration);
  });
};

/** Runs in the page: what was noted, once what is on its way has been drawn. @returns {Promise<Vitals>} */
export const findings = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => resolve(/** @type {any} */ (window).vitals), 50));
  });

/**
 * Slows a page's processor and network down; returns the bytes received so far, headers included.
 *
 * @param {import("playwright-core").Page} page
 * @param {{ cpu: number, latencyMs: number, downKbit: number, upKbit: number } | null} slow
 */
export async function slowDown(page, slow) {
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send("Network.enable");
  if (slow) {
    await session.send("Emulation.setCPUThrottlingRate", { rate: slow.cpu });
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: slow.latencyMs,
      downloadThroughput: (slow.downKbit * 1000) / 8,
      uploadThroughput: (slow.upKbit * 1000) / 8,
    });
  }
  return () => bytes;
}

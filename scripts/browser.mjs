// A Chromium for the browser journeys and the manual's pictures: one found on the machine, else the one out of npm.
import { existsSync } from "node:fs";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

const installed = [
  process.env.CHROME_PATH ?? "",
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** What the packaged one adds for small machines in the cloud, and what would weaken the checks of a browser. */
const dropped = [
  "--single-process",
  "--disable-web-security",
  "--allow-running-insecure-content",
  "--disable-site-isolation-trials",
  // Nothing here draws with WebGL, and a graphics card made of software takes most of a small machine's time.
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--in-process-gpu",
];

const quiet = [
  "--disable-background-networking",
  "--disable-gpu",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--no-sandbox",
];

/** Runs in the browser: whether every card has its content, so that no answer and no drawing is on its way. */
export const isSettled = () =>
  document.querySelector("[aria-label=Loading], .reloading, .lead-waiting") === null &&
  [...document.querySelectorAll("section.card")].every(
    (card) => card.querySelector("canvas, table, dl, ol, ul, .state, textarea, form") !== null,
  );

/** Starts the browser; close it when done. */
export async function launchBrowser() {
  const found = installed.find((path) => path !== "" && existsSync(path));
  const own = found ? [] : chromium.args.filter((arg) => !dropped.includes(arg) && !arg.startsWith("--headless"));
  return await playwright.launch({
    executablePath: found ?? (await chromium.executablePath()),
    args: [...own, ...quiet],
    headless: true,
  });
}

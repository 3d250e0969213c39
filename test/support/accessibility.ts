/** What automatic checks can say about access: axe over what is shown, and a walk through every control by keyboard. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Serious and critical findings of axe on the page as it is shown, one line each; empty when there are none. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const violations = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
  )) as readonly Violation[];
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = "" }) => `${id}: ${html.slice(0, 200)} (${failureSummary.slice(0, 300)})`),
    );
}

/** Shows the page in a colour scheme, once every colour has finished changing. */
export async function inScheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(
    (wanted) =>
      document.documentElement.dataset.mantineColorScheme === wanted &&
      document.getAnimations().every((animation) => animation.playState !== "running"),
    colorScheme,
  );
}

/**
 * Presses Tab from the start of the page until it comes round, and names the controls that it did not stop at. One radio of a
 * group is enough: arrows reach the others.
 */
export async function unreachedControls(page: Page): Promise<readonly string[]> {
  const count = await page.evaluate(() => {
    const all = [
      ...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [tabindex]"),
    ].filter((one) => {
      const isUsable = one.tabIndex >= 0 && !one.matches(":disabled, [type=hidden]");
      const isShown = one.checkVisibility({ visibilityProperty: true }) && one.closest("[inert]") === null;
      return isUsable && isShown && !one.matches('[type="radio"]:not(:checked)');
    });
    for (const [index, one] of all.entries()) one.dataset.walk = String(index);
    (document.activeElement as HTMLElement | null)?.blur();
    window.scrollTo(0, 0);
    return all.length;
  });
  const reached = new Set<string>();
  // A stop or two belong to the browser itself; what is drawn on focus may add some.
  for (let step = 0; step < count + 20 && reached.size < count; step += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.walk ?? null);
    if (stop !== null) reached.add(stop);
  }
  return await page.evaluate(
    (stops) =>
      [...document.querySelectorAll<HTMLElement>("[data-walk]")]
        .filter((one) => !stops.includes(one.dataset.walk ?? ""))
        .map((one) => one.outerHTML.slice(0, 200)),
    [...reached],
  );
}

/** A shopper's time in the shop: visits with pages in them, and the way back. */
import { setTimeout as sleep } from "node:timers/promises";
import { followUp, lookAtAccount, signUp } from "./account.ts";
import { arrive, openCategory, openHome, openProduct, search } from "./browsing.ts";
import { consider, decide } from "./buying.ts";
import { VisitFailed } from "./shop-browser.ts";
import type { Shopper } from "./shopper.ts";

const mostVisits = 4;

/** Comes, leaves, and perhaps comes back, until the time is up. @param restMs usual time between two visits */
export async function live(shopper: Shopper, restMs: number): Promise<void> {
  const { crowd, random, browser } = shopper;
  crowd.tally.count("visitor");
  for (let visit = 1; visit <= mostVisits && !shopper.isTimeUp; visit += 1) {
    crowd.tally.count("session");
    browser.startVisit();
    try {
      await visitShop(shopper, visit === 1);
    } catch (error) {
      if (!(error instanceof VisitFailed)) throw error;
      // Whoever meets a fault, or is stopped, does not come back.
      return;
    }
    if (!random.chance(shopper.orders.length > 0 ? 0.7 : 0.35)) return;
    const rest = random.exponential(restMs);
    if (rest >= crowd.until - performance.now()) return;
    await sleep(rest, undefined, { signal: crowd.signal }).catch(() => {});
  }
}

async function visitShop(shopper: Shopper, isFirst: boolean): Promise<void> {
  const { random } = shopper;
  await arrive(shopper);
  const own = shopper.orders.at(-1);
  if (own && random.chance(0.8)) await followUp(shopper, own);
  await (random.chance(0.7) ? openHome(shopper) : openCategory(shopper));
  const pages = 2 + random.poisson(5);
  for (let page = 0; page < pages && !shopper.isTimeUp; page += 1) {
    await shopper.look();
    await nextPage(shopper);
    if (isFirst && page === 1 && shopper.wantsAccount) await signUp(shopper);
  }
  if (shopper.isSignedIn && random.chance(0.2)) await lookAtAccount(shopper);
  await decide(shopper);
}

async function nextPage(shopper: Shopper): Promise<void> {
  const wish = shopper.random.uniform();
  if (wish < 0.6) {
    const article = await openProduct(shopper);
    if (!article) return;
    await shopper.look();
    await consider(shopper, article);
  } else if (wish < 0.8) await openCategory(shopper);
  else if (wish < 0.93) await search(shopper);
  else await openHome(shopper);
}

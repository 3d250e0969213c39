import { createRandom } from "../../../stats/random.ts";
import { demoShape } from "./options.ts";
import { NEW_CUSTOMER_DAYS, PROPENSITY } from "./planted.ts";
import { createShoppers, type Shopper } from "./shoppers.ts";
import type { DemoOptions } from "./types.ts";

/** The shop's shoppers, drawn as the generator draws them. */
export function shoppersOf(options: DemoOptions): readonly Shopper[] {
  const shape = demoShape(options);
  const random = createRandom(shape.seed, 0x5409);
  random.fork(1);
  return createShoppers(shape, random.fork(2));
}

/**
 * Orders that the truth expects of each customer in the last days of the shop, up to a factor all share. No model can put the customers in a
 * better order than this.
 *
 * @returns by customer id
 */
export function expectedOrders(options: DemoOptions, lastDays: number): ReadonlyMap<string, number> {
  const { days } = demoShape(options);
  const ofOne = ({ orderRate, churnedDay, registeredDay }: Shopper): number => {
    let sum = 0;
    for (let day = days - lastDays; day < days; day += 1) {
      if (day < registeredDay || (churnedDay !== null && day >= churnedDay)) continue;
      sum += day < registeredDay + NEW_CUSTOMER_DAYS ? Math.exp(PROPENSITY.registered_within_60_days) : 1;
    }
    return sum * orderRate;
  };
  return new Map(shoppersOf(options).map((one) => [one.customer.customer_id, ofOne(one)]));
}

/** A bandit beside a fixed split on a shop whose truth is known: what looking for the best one costs on the way. */
import type { Random } from "../../stats/random.ts";
import { type ArmRewards, type RewardType, thompsonShares } from "./thompson.ts";

export interface BanditWorld {
  readonly type: RewardType;
  /** True conversion rate of each arm. */
  readonly rates: readonly number[];
  /** Mean revenue of a conversion, per arm; not used for conversions. */
  readonly orderValues: readonly number[];
  readonly days: number;
  readonly unitsPerDay: number;
  readonly floor: number;
  /** Repetitions the curves are averaged over. */
  readonly runs: number;
}

/** One day, averaged over the runs. Regret is what was lost by then against sending everyone to the truly best arm. */
export interface BanditDay {
  readonly day: number;
  readonly bandit_regret: number;
  readonly fixed_regret: number;
  /** Share of the day's units sent to the truly best arm. */
  readonly best_share_rate: number;
}

/** Spread of the logarithm of an order's value. */
const orderSpread = 0.6;

/** Simulates; cost grows with runs x days x units. */
export function simulateBandit(world: BanditWorld, random: Random): BanditDay[] {
  const values = world.rates.map((rate, arm) =>
    world.type === "revenue" ? rate * (world.orderValues[arm] ?? 1) : rate,
  );
  const best = values.indexOf(Math.max(...values));
  const fixedLoss = values.reduce((sum, value) => sum + (values[best] ?? 0) - value, 0) / values.length;
  const regret = new Float64Array(world.days);
  const shares = new Float64Array(world.days);
  for (let run = 0; run < world.runs; run++) {
    let arms: ArmRewards[] = world.rates.map(() => ({ count: 0, sum: 0, squares: 0 }));
    let lost = 0;
    for (let day = 0; day < world.days; day++) {
      const counts = divide(world.unitsPerDay, thompsonShares(arms, world.type, world.floor), random);
      arms = arms.map((arm, index) => observe(arm, world, index, counts[index] ?? 0, random));
      counts.forEach((count, index) => {
        lost += count * ((values[best] ?? 0) - (values[index] ?? 0));
      });
      regret[day] = (regret[day] ?? 0) + lost / world.runs;
      shares[day] = (shares[day] ?? 0) + (counts[best] ?? 0) / world.unitsPerDay / world.runs;
    }
  }
  return Array.from({ length: world.days }, (_, day) => ({
    day: day + 1,
    bandit_regret: regret[day] ?? 0,
    fixed_regret: fixedLoss * world.unitsPerDay * (day + 1),
    best_share_rate: shares[day] ?? 0,
  }));
}

/** Units among arms by their shares: a multinomial draw. */
function divide(units: number, shares: readonly number[], random: Random): number[] {
  let left = units;
  let share = 1;
  return shares.map((one, arm) => {
    const count = arm === shares.length - 1 ? left : random.binomial(left, Math.min(1, share > 0 ? one / share : 0));
    left -= count;
    share -= one;
    return count;
  });
}

function observe(arm: ArmRewards, world: BanditWorld, index: number, count: number, random: Random): ArmRewards {
  const conversions = random.binomial(count, world.rates[index] ?? 0);
  let sum = conversions;
  let squares = conversions;
  if (world.type === "revenue") {
    sum = 0;
    squares = 0;
    const median = (world.orderValues[index] ?? 1) / Math.exp(orderSpread ** 2 / 2);
    for (let order = 0; order < conversions; order++) {
      const value = random.logNormal(median, orderSpread);
      sum += value;
      squares += value * value;
    }
  }
  return { count: arm.count + count, sum: arm.sum + sum, squares: arm.squares + squares };
}

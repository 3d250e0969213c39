/** What a mailing to carts left behind has brought: those with a mail beside those without. */
import type { Comparison } from "../../stats/comparison.ts";
import type { Moments } from "../../stats/moments.ts";
import { twoProportionZ } from "../../stats/two-proportion-z.ts";
import { welchT } from "../../stats/welch-t.ts";
import type { StoreRow } from "../connection.ts";

/** A difference, those with a mail less those without, with its interval of 95 %. */
export interface Difference {
  readonly effect: number;
  readonly lower: number;
  readonly upper: number;
  /** Two-sided. */
  readonly p_value: number;
}

export interface MailingReadout {
  /** Share of the mailed carts that were ordered; null without such carts. */
  readonly mailed_recovered_rate: number | null;
  readonly control_recovered_rate: number | null;
  /** Of the two shares; null while a group has fewer than two carts, or no cart of either was ordered (or every one). */
  readonly recovered_rate_difference: Difference | null;
  /** Of revenue per cart, in minor units; null in the same cases. */
  readonly revenue_per_cart_difference: Difference | null;
  /** Fewer than ten ordered, or not ordered, carts in a group: the interval of the shares is rough. */
  readonly is_rough: boolean;
}

const least = 10;

interface Group {
  readonly count: number;
  readonly recovered: number;
  readonly revenue: number;
  readonly squares: number;
}

/** @param row of `queries/mailings.sql` */
export function mailingReadout(row: StoreRow): MailingReadout {
  const group = (name: "mailed" | "control"): Group => ({
    count: Number(row[`${name}_count`]),
    recovered: Number(row[`${name}_recovered_count`]),
    revenue: Number(row[`${name}_revenue_minor`]),
    squares: Number(row[`${name}_squares`]),
  });
  const [control, mailed] = [group("control"), group("mailed")];
  const isReadable = control.count >= 2 && mailed.count >= 2;
  const rate = ({ recovered, count }: Group): number | null => (count === 0 ? null : recovered / count);
  return {
    mailed_recovered_rate: rate(mailed),
    control_recovered_rate: rate(control),
    recovered_rate_difference: isReadable
      ? differenceOf(
          twoProportionZ(
            { successes: control.recovered, count: control.count },
            { successes: mailed.recovered, count: mailed.count },
          ),
        )
      : null,
    revenue_per_cart_difference: isReadable ? differenceOf(welchT(momentsOf(control), momentsOf(mailed))) : null,
    is_rough: [control, mailed].some((one) => Math.min(one.recovered, one.count - one.recovered) < least),
  };
}

/** Amounts of carts are far from the precision of a double, so sums of squares lose nothing that counts. */
function momentsOf({ count, revenue, squares }: Group): Moments {
  const mean = revenue / count;
  return { count, mean, variance: Math.max(0, (squares - revenue * mean) / (count - 1)) };
}

/** Where nothing varies an interval would have no width, and claim what so few carts cannot show. */
const differenceOf = ({ effect, standardError, lower, upper, pValue }: Comparison): Difference | null =>
  standardError > 0 ? { effect, lower, upper, p_value: pValue } : null;

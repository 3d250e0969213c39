/** Numbers, money and days of a report in words, in British English whatever the machine. */

export interface Words {
  /** Whole numbers: 12,345. */
  readonly count: (value: number) => string;
  /** Minor units as an amount without its minor digits from a hundred up: £1,234, £12.34, £0. */
  readonly money: (minor: number) => string;
  /** A ratio as per cent: 12.3 %. */
  readonly rate: (value: number) => string;
  /** A change as a signed percentage: +8.2 %. */
  readonly change: (value: number) => string;
  readonly number: (value: number) => string;
  /** 3 Feb 2026. */
  readonly day: (day: string) => string;
  /** Feb 2026. */
  readonly month: (day: string) => string;
}

const locale = "en-GB";

/** @param decimals minor digits of the currency */
export function createWords(currency: string, decimals: number): Words {
  const money = (digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const [whole, exact] = [money(0), money(decimals)];
  const counts = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const days = dates({ day: "numeric", month: "short", year: "numeric" });
  const months = dates({ month: "short", year: "numeric" });
  const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
  return {
    count: (value) => counts.format(value),
    money: (minor) => {
      const major = minor / 10 ** decimals;
      return (Math.abs(major) >= 100 || major === 0 ? whole : exact).format(major);
    },
    rate: (value) => `${one.format(value * 100)}\u00a0%`,
    change: (value) => `${value < 0 ? "−" : "+"}${one.format(Math.abs(value) * 100)}\u00a0%`,
    number: (value) => numbers.format(value),
    day: (day) => days.format(at(day)),
    month: (day) => months.format(at(day)),
  };
}

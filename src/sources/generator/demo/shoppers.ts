import type { Random } from "../../../stats/random.ts";
import { DAY_MS } from "../day.ts";
import { weightedSampler } from "../samplers.ts";
import type { Calendar } from "./calendar.ts";
import { DEPARTMENTS } from "./items.ts";
import { type DemoShape, dayText } from "./options.ts";
import { COUNTRIES, FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES } from "./people.ts";
import {
  CHANNEL_SHARE,
  CHURN_SHARE,
  NEW_CUSTOMER_DAYS,
  PROPENSITY,
  PROPENSITY_GAMMA_SHAPE,
  SEGMENT_SHARE,
  VISITS_SIGMA,
} from "./planted.ts";
import { CHANNELS, type Channel, type DemoCustomer, SEGMENTS } from "./types.ts";

/** A customer with what only the generator knows. Days are numbers of the shop; negative ones lie before it opened its books. */
export interface Shopper {
  readonly customer: DemoCustomer;
  readonly taxRate: number;
  readonly registeredDay: number;
  /** First day without any visit or order, for good; null for customers who stay. */
  readonly churnedDay: number | null;
  readonly preferredChannel: Channel;
  /** Relative to the median customer. */
  readonly visitRate: number;
  /** Relative rate of ordering: the exponential of the drivers without intercept, times the gamma factor. */
  readonly orderRate: number;
  /** Two department numbers. */
  readonly favourites: readonly [number, number];
}

/** Days a shopper is there: from registration (or the first day) to churning (or the last). */
export function activeDays(shopper: Shopper, shape: DemoShape): [from: number, to: number] {
  return [Math.max(0, shopper.registeredDay), shopper.churnedDay ?? shape.days];
}

/** Exposure to ordering: busyness of the active days, those soon after registration counted more. */
export function orderExposure(shopper: Shopper, shape: DemoShape, calendar: Calendar) {
  const [from, to] = activeDays(shopper, shape);
  const newUntil = Math.max(from, Math.min(to, shopper.registeredDay + NEW_CUSTOMER_DAYS));
  const boost = Math.exp(PROPENSITY.registered_within_60_days);
  return {
    newUntil,
    whenNew: boost * (calendar.busyBefore(newUntil) - calendar.busyBefore(from)),
    later: calendar.busyBefore(to) - calendar.busyBefore(newUntil),
  };
}

const fill = (pattern: string, random: Random) =>
  pattern.replace(/[9A]/g, (sign) =>
    sign === "9" ? String(random.integer(1, 9)) : String.fromCharCode(65 + random.integer(0, 25)),
  );

const plain = (name: string) =>
  name
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();

const pickCountry = weightedSampler(COUNTRIES.map(({ weight }) => weight));
const pickSegment = weightedSampler(SEGMENTS.map((segment) => SEGMENT_SHARE[segment]));
const pickChannel = weightedSampler(CHANNELS.map((channel) => CHANNEL_SHARE[channel]));

/** A visit's channel when nothing is known of the visitor. */
export const drawChannel = (random: Random): Channel => CHANNELS[pickChannel(random)] ?? "direct";

function makeShopper(index: number, registeredDay: number, shape: DemoShape, random: Random): Shopper {
  const segment = SEGMENTS[pickSegment(random)] ?? "regular";
  const preferredChannel = drawChannel(random);
  const gender = random.chance(0.03) ? "other" : random.chance(0.55) ? "female" : "male";
  const first = random.pick(
    gender === "male" || (gender === "other" && random.chance(0.5)) ? MALE_NAMES : FEMALE_NAMES,
  );
  const last = random.pick(FAMILY_NAMES);
  const age = Math.round(Math.min(84, 18 + random.gamma(3.2, 7)));
  const country = COUNTRIES[pickCountry(random)];
  const [city, postalPattern] = country?.cities[Math.floor(random.uniform() ** 1.6 * country.cities.length)] ?? [
    "",
    "",
  ];
  const visitRate = random.logNormal(1, VISITS_SIGMA);
  const drivers =
    (segment === "vip" ? PROPENSITY.segment_vip : 0) +
    (segment === "occasional" ? PROPENSITY.segment_occasional : 0) +
    (segment === "bargain_hunter" ? PROPENSITY.segment_bargain_hunter : 0) +
    (preferredChannel === "email" ? PROPENSITY.prefers_email : 0) +
    PROPENSITY.age_decades_above_40 * ((age - 40) / 10) +
    PROPENSITY.log_visits_per_week_over_median * Math.log(visitRate);
  const churns = random.chance(CHURN_SHARE[segment]);
  const earliest = Math.max(Math.floor(shape.days * 0.2), registeredDay + 20);
  const churnedDay = random.integer(Math.floor(shape.days * 0.2), Math.floor(shape.days * 0.85));
  const isChurner = churns && churnedDay >= earliest;
  const favourite = random.integer(0, DEPARTMENTS.length - 1);
  const customer_id = `C${String(index + 1).padStart(6, "0")}`;
  return {
    customer: {
      customer_id,
      name: `${first} ${last}`,
      email: `${plain(first)}.${plain(last)}${index + 1}@example.${random.pick(["com", "net", "org"])}`,
      registered_on: dayText(shape, registeredDay),
      country: country?.code ?? "",
      city,
      postal_code: fill(postalPattern, random),
      gender,
      age,
      segment,
      is_active: !(isChurner && random.chance(0.25)),
    },
    taxRate: country?.taxRate ?? 0,
    registeredDay,
    churnedDay: isChurner ? churnedDay : null,
    preferredChannel,
    visitRate,
    orderRate: Math.exp(drivers) * random.gamma(PROPENSITY_GAMMA_SHAPE, 1 / PROPENSITY_GAMMA_SHAPE),
    favourites: [favourite, (favourite + random.integer(1, DEPARTMENTS.length - 1)) % DEPARTMENTS.length],
  };
}

/** Makes the customers, numbered in order of registration: two thirds registered in the two years before the first day. */
export function createShoppers(shape: DemoShape, random: Random): readonly Shopper[] {
  const registered = Array.from({ length: shape.customers }, () =>
    random.chance(0.66) ? -random.integer(1, 730) : random.integer(0, shape.days - 1),
  ).sort((a, b) => a - b);
  return registered.map((day, index) => makeShopper(index, day, shape, random));
}

/** Instant of a time of day on a day number. */
export const instant = (shape: DemoShape, day: number, timeOfDay: number): number =>
  shape.start + day * DAY_MS + timeOfDay;

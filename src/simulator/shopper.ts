/** One simulated shopper: who they are, what they have bought, and how they pass from page to page. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../stats/random.ts";
import type { ArticleRow } from "./answers.ts";
import { ShopBrowser } from "./shop-browser.ts";
import type { Tally } from "./tally.ts";

/** What the shoppers of one simulation share. */
export interface Crowd {
  readonly origin: string;
  /** Makes the addresses of this run differ from those of any other. */
  readonly run: string;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  /** Orders placed here, for the desk that ships them. */
  readonly orders: Set<number>;
  /** Milliseconds a shopper usually looks at a page. */
  readonly pauseMs: number;
  /** After this (`performance.now()`) nobody opens another page. */
  readonly until: number;
}

export interface OwnOrder {
  readonly orderId: number;
  /** Shows a guest's order; null for a customer, whose sign-in does. */
  readonly token: string | null;
  isReturned: boolean;
  isReviewed: boolean;
}

/** A list the shopper looks at, and what the event log is told of a click in it. */
export interface Seen {
  readonly place: string;
  readonly source: string;
  readonly rows: readonly ArticleRow[];
}

const longestPause = 6;

export class Shopper {
  readonly browser: ShopBrowser;
  readonly random: Random;
  readonly crowd: Crowd;
  /** Opens an account on the first visit; the others order as guests. */
  readonly wantsAccount: boolean;
  readonly agrees: boolean;
  /** How likely a product that is looked at goes into the cart. */
  readonly appetite: number;
  readonly orders: OwnOrder[] = [];
  readonly address: Readonly<Record<string, string>>;
  readonly email: string;
  readonly name: string;
  isSignedIn = false;
  /** Ways to pay that the shop offers. */
  methods: readonly string[] = ["card"];
  categories: readonly string[] = [];
  shelves: Seen[] = [];

  constructor(crowd: Crowd, random: Random, number: number) {
    this.crowd = crowd;
    this.random = random;
    this.browser = new ShopBrowser(crowd.origin, crowd.tally, crowd.signal);
    this.wantsAccount = random.chance(0.35);
    this.agrees = random.chance(0.85);
    this.appetite = random.beta(2, 6);
    this.name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
    // example.com is kept free of mail by RFC 2606.
    this.email = `shopper-${crowd.run}-${number}@example.com`;
    const [city, postal_code] = random.pick(places);
    this.address = {
      recipient: this.name,
      street: `${random.integer(1, 180)} ${random.pick(streets)}`,
      city,
      postal_code,
      country: "GB",
    };
  }

  get isTimeUp(): boolean {
    return this.crowd.signal.aborted || performance.now() >= this.crowd.until;
  }

  /** Looks at a page for a while: short looks are common, long ones rare. */
  async look(): Promise<void> {
    const { pauseMs, signal } = this.crowd;
    const pause = Math.min(this.random.logNormal(pauseMs, 0.7), longestPause * pauseMs);
    await sleep(pause, undefined, { signal }).catch(() => {});
  }

  /** Random text for one order; the same key never orders twice. */
  orderKey(): string {
    return randomUUID();
  }
}

const firstNames = [
  "Ada",
  "Ben",
  "Chloe",
  "Dev",
  "Erin",
  "Femi",
  "Grace",
  "Hugo",
  "Iris",
  "Jon",
  "Kira",
  "Liam",
] as const;
const lastNames = ["Abbott", "Baker", "Clarke", "Dunn", "Evans", "Fox", "Grant", "Hughes", "Khan", "Lowe"] as const;
const streets = ["High Street", "Mill Lane", "Station Road", "Church Walk", "Victoria Road", "Park Avenue"] as const;
const places = [
  ["Leeds", "LS1 4AP"],
  ["Bristol", "BS1 5TR"],
  ["Glasgow", "G1 3SL"],
  ["Cardiff", "CF10 1EP"],
  ["Norwich", "NR1 3JU"],
] as const;

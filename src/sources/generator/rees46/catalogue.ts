import { createRandom, type Random } from "../../../stats/random.ts";
import { type AliasTable, buildAliasTable } from "../alias-table.ts";
import { weightedSampler } from "../samplers.ts";
import { zipfWeights } from "../zipf.ts";
import { CATEGORY_CODES } from "./category-codes.ts";
import { sharedBytes, sharedFloats, sharedWords } from "./shared.ts";

/** Exponent and shift of product popularity: the busiest product then takes 1.2 % of the views, as in the published data. */
export const PRODUCT_EXPONENT = 1;
export const PRODUCT_SHIFT = 8;

/** Share of visits to categories without a code, and to products without a brand, in the published data. */
export const NO_CODE_SHARE = 0.33;
export const NO_BRAND_SHARE = 0.14;

/** Readers of the text copy eight bytes at a time and may read past its end. */
const TEXT_SLACK = 8;

const UNCODED_CATEGORIES = 340;
const FIRST_CODE_SHARE = 0.34;

/**
 * The products of a stream, laid out for threads: products of one category are neighbours, `categoryStart[c]` is the first
 * of category c. `text` holds `product_id,category_id,category_code,brand,` of product p from `textStart[p]`.
 */
export interface Rees46Catalogue {
  readonly categoryStart: Uint32Array;
  readonly categories: AliasTable;
  /** Within each category: alias entries count from the category's first product. */
  readonly products: AliasTable;
  readonly categoryOf: Uint32Array;
  /** Price in hundredths before promotions; 0 occurs, as in the published data. */
  readonly priceMinor: Uint32Array;
  readonly text: Uint8Array;
  readonly textStart: Uint32Array;
}

interface Category {
  readonly text: string;
  readonly medianPrice: number;
  readonly brands: readonly string[];
}

/**
 * Deals `share` of the total weight to the flagged side in rank order, so that the share of visits holds although a few
 * products carry much of it.
 */
function flagShare(weights: Float64Array, share: number, firstRank: number): Uint8Array {
  const flags = new Uint8Array(weights.length);
  let total = 0;
  let flagged = 0;
  weights.forEach((weight, rank) => {
    total += weight;
    if (rank >= firstRank && flagged + weight <= share * total) {
      flags[rank] = 1;
      flagged += weight;
    }
  });
  return flags;
}

const SYLLABLES =
  "ar bel cor dex el fin gal hal is jun kel lum mar nor or pax quil ros sol tan um vel wil xan yor zen".split(" ");

function brandNames(count: number, random: Random): readonly string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const parts = Array.from({ length: random.integer(2, 3) }, () => random.pick(SYLLABLES));
    names.add(parts.join(""));
  }
  return [...names];
}

function makeCategories(random: Random): readonly Category[] {
  const brands = brandNames(360, random);
  const ids = new Set<string>();
  const total = CATEGORY_CODES.length + UNCODED_CATEGORIES;
  while (ids.size < total)
    ids.add(`2053013${String(random.integer(0, 999_999)).padStart(6, "0")}${random.integer(100_000, 999_999)}`);
  return [...ids].map((id, index) => {
    const [code, medianPrice] = CATEGORY_CODES[index] ?? ["", random.logNormal(45, 0.8)];
    return {
      text: `${id},${code},`,
      medianPrice,
      brands: Array.from({ length: 14 }, () => random.pick(brands)),
    };
  });
}

/** A category for every rank: coded and uncoded by exact share of visits, then by popularity inside either kind. */
function assignCategories(weights: Float64Array, random: Random): Uint32Array {
  const coded = zipfWeights(CATEGORY_CODES.length - 1, 1, 3);
  const rest = coded.reduce((sum, weight) => sum + weight, 0);
  const pickCoded = weightedSampler([(rest * FIRST_CODE_SHARE) / (1 - FIRST_CODE_SHARE), ...coded]);
  const pickUncoded = weightedSampler(zipfWeights(UNCODED_CATEGORIES, 1, 10));
  const uncoded = flagShare(weights, NO_CODE_SHARE, 0);
  return Uint32Array.from(weights, (_, rank) =>
    uncoded[rank] === 1 ? CATEGORY_CODES.length + pickUncoded(random) : pickCoded(random),
  );
}

/** Ranks grouped by category, the more popular first inside each; empty categories are left out. */
function groupByCategory(categoryOfRank: Uint32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  categoryOfRank.forEach((category, rank) => {
    const group = groups.get(category);
    if (group) group.push(rank);
    else groups.set(category, [rank]);
  });
  return groups;
}

function shuffled(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(0, i);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
}

/** Builds the products of a stream. Linear in their number; about 0.3 s and 30 MB for 200,000. */
export function createRees46Catalogue(seed: number, count: number): Rees46Catalogue {
  const random = createRandom(seed, 0x0ca7a109);
  const weights = zipfWeights(count, PRODUCT_EXPONENT, PRODUCT_SHIFT);
  const categories = makeCategories(random);
  const groups = groupByCategory(assignCategories(weights, random));
  const unbranded = flagShare(weights, NO_BRAND_SHARE, 20);
  const idStep = Math.floor(59_000_000 / count);
  const order = shuffled(count, random);
  const pickBrand = weightedSampler(zipfWeights(14, 1));

  const categoryStart = sharedWords(groups.size + 1);
  const categoryOf = sharedWords(count);
  const priceMinor = sharedWords(count);
  const textStart = sharedWords(count + 1);
  const products = { threshold: sharedFloats(count), alias: sharedWords(count) };
  const masses: number[] = [];
  const texts: string[] = [];
  for (const [key, ranks] of groups) {
    const category = categories[key];
    if (category === undefined) throw new RangeError(`no category ${key}`);
    const start = texts.length;
    const inside = Float64Array.from(ranks, (rank) => weights[rank] ?? 0);
    const end = start + ranks.length;
    buildAliasTable(inside, {
      threshold: products.threshold.subarray(start, end),
      alias: products.alias.subarray(start, end),
    });
    categoryStart[masses.length] = start;
    for (const rank of ranks) {
      const id = 1_000_000 + (order[rank] ?? 0) * idStep + random.integer(0, idStep - 1);
      const brand = unbranded[rank] === 1 ? "" : (category.brands[pickBrand(random)] ?? "");
      categoryOf[texts.length] = masses.length;
      priceMinor[texts.length] = random.chance(0.002)
        ? 0
        : Math.round(100 * random.logNormal(category.medianPrice, 0.6));
      texts.push(`${id},${category.text}${brand},`);
    }
    masses.push(inside.reduce((sum, weight) => sum + weight, 0));
  }
  categoryStart[masses.length] = texts.length;
  const text = sharedBytes(texts.reduce((sum, part) => sum + part.length, TEXT_SLACK));
  let written = 0;
  texts.forEach((part, product) => {
    textStart[product] = written;
    for (let i = 0; i < part.length; i++) text[written++] = part.charCodeAt(i);
  });
  textStart[texts.length] = written;
  const mass = { threshold: sharedFloats(masses.length), alias: sharedWords(masses.length) };
  return {
    categoryStart,
    categories: buildAliasTable(masses, mass),
    products,
    categoryOf,
    priceMinor,
    text,
    textStart,
  };
}

/** The sentence each page opens with, computed from its analyses' rows. Empty when the rows cannot carry one. */
import type { Shop } from "../api.ts";
import type { Row, Value } from "../catalogue-types.ts";
import { changeOf } from "../change.ts";
import { stepLabel } from "../charts/funnel.ts";
import type { Format } from "../format.ts";
import { longMonthText, rangeText } from "../format-dates.ts";
import { currentRows, isUnnamed, numberOf, previousRows, sumOf, textOf, valueText } from "../values.ts";

export type Answers = Readonly<Record<string, readonly Row[]>>;

export interface LeadContext {
  readonly format: Format;
  readonly shop: Shop;
  /** The period, both days included; null while the shop is empty. */
  readonly days: { readonly from: string; readonly to: string } | null;
  readonly isCompared: boolean;
  /** True while the funnel counts raw events. */
  readonly isEventCount?: boolean;
}

const money = { name: "net_revenue_minor", unit: "money" } as const;

/** The period in words: a whole calendar month by its name, everything else by its days. */
function during({ days }: LeadContext): string {
  if (!days) return "";
  const next = new Date(Date.parse(`${days.to}T00:00:00Z`) + 86_400_000).toISOString();
  const isMonth =
    days.from.endsWith("-01") && next.slice(8, 10) === "01" && days.from.slice(0, 7) === days.to.slice(0, 7);
  if (days.from === days.to) return `on ${rangeText(days.from, days.to)}`;
  return isMonth ? `in ${longMonthText(days.from)}` : `over ${rangeText(days.from, days.to)}`;
}

/** Which value made most of the difference between the periods, as "61 % of the rise came from Gifts". */
export function mainMover(rows: readonly Row[], dimension: string, format: Format): string {
  const before = new Map(
    previousRows(rows).map((row) => [textOf(row[dimension]), numberOf(row.net_revenue_minor) ?? 0]),
  );
  const moves = currentRows(rows).map((row) => ({
    name: valueText(dimension, textOf(row[dimension]) ?? "–"),
    move: (numberOf(row.net_revenue_minor) ?? 0) - (before.get(textOf(row[dimension])) ?? 0),
  }));
  const total = moves.reduce((sum, one) => sum + one.move, 0);
  if (before.size === 0 || total === 0) return "";
  const [top] = moves.toSorted((a, b) => (total > 0 ? b.move - a.move : a.move - b.move));
  if (!top || top.move / total < 0.1 || isUnnamed(top.name)) return "";
  const share = top.move / total;
  const word = total > 0 ? "rise" : "fall";
  return share > 1
    ? `${top.name} alone accounts for more than the whole ${word}`
    : `${format.rate(share)} of the ${word} came from ${top.name}`;
}

function topShare(rows: readonly Row[], dimension: string, format: Format): string {
  const current = currentRows(rows);
  const total = sumOf(current, "net_revenue_minor");
  const [top] = current.toSorted((a, b) => (numberOf(b.net_revenue_minor) ?? 0) - (numberOf(a.net_revenue_minor) ?? 0));
  const value = top ? numberOf(top.net_revenue_minor) : null;
  if (!top || !total || value === null || current.length < 2 || isUnnamed(textOf(top[dimension]) ?? "(unknown)"))
    return "";
  return `${format.rate(value / total)} came from ${valueText(dimension, textOf(top[dimension]) ?? "") || "(empty)"}`;
}

/** "8.2 % above the compared period"; empty when either figure is unknown or nothing was there before. */
function comparedWords(now: number | null, before: number | null, format: Format): string {
  if (now === null || before === null || before === 0) return "";
  if (now === before) return "the same as in the compared period";
  return `${format.rate(Math.abs(now - before) / Math.abs(before))} ${now > before ? "above" : "below"} the compared period`;
}

export function overviewSentence(answers: Answers, context: LeadContext): string {
  const { format } = context;
  const kpi = answers["kpi-summary"] ?? [];
  const [now] = currentRows(kpi);
  const [before] = previousRows(kpi);
  if (!now) return "";
  const net = numberOf(now.net_revenue_minor);
  const opening = `Net revenue was ${format.moneyShort(net)} ${during(context)}`;
  const orders = `from ${format.count(now.order_count)} orders`;
  if (before) {
    const earlier = numberOf(before.net_revenue_minor);
    const change = changeOf(money, net, earlier, format);
    if (change.direction === "unknown" || earlier === 0)
      return `${opening} ${orders}; there is nothing before it to compare with.`;
    const moved = comparedWords(net, earlier, format);
    const mover =
      mainMover(answers["revenue-by-channel"] ?? [], "channel", format) ||
      mainMover(answers["revenue-by-category"] ?? [], "category", format) ||
      mainMover(answers["revenue-by-country"] ?? [], "country", format);
    return `${opening}, ${moved}${mover ? `; ${mover}` : ""}.`;
  }
  const share =
    topShare(answers["revenue-by-channel"] ?? [], "channel", format) ||
    topShare(answers["revenue-by-category"] ?? [], "category", format) ||
    topShare(answers["revenue-by-country"] ?? [], "country", format);
  return `${opening} ${orders}${share ? `; ${share}` : ""}.`;
}

export function salesSentence(answers: Answers, context: LeadContext): string {
  const { format } = context;
  const category = topShare(answers["revenue-by-category"] ?? [], "category", format);
  const country = topShare(answers["revenue-by-country"] ?? [], "country", format);
  const rows = answers["revenue-by-channel"]?.length
    ? answers["revenue-by-channel"]
    : (answers["revenue-by-country"] ?? []);
  const total = sumOf(currentRows(rows), "net_revenue_minor");
  if (total === null) return "";
  const parts = [category, country].filter((part) => part !== "");
  const mover = mainMover(answers["revenue-by-category"] ?? [], "category", format);
  const told = mover || (parts.length === 2 ? `${parts[0]} and ${parts[1]?.replace(" came", "")}` : (parts[0] ?? ""));
  const change = context.isCompared ? comparedWords(total, sumOf(previousRows(rows), "net_revenue_minor"), format) : "";
  return `Sales came to ${format.moneyShort(total)} ${during(context)}${change ? `, ${change}` : ""}${told ? `; ${told}` : ""}.`;
}

const noVisits = "This shop has orders but no recorded visits, so what happens before an order is unknown.";

export function funnelSentence(answers: Answers, context: LeadContext): string {
  const { format, shop } = context;
  if (!shop.has_sessions) return noVisits;
  const steps = currentRows(answers.funnel ?? []);
  const last = steps.at(-1);
  const overall = last ? numberOf(last.overall_rate) : null;
  if (!last || overall === null || steps.length < 2) return "";
  const alone = context.isEventCount || steps.slice(1).every((row) => row.step_rate === null);
  const named = (row: Row | undefined): string =>
    `${format.countShort(row?.entity_count)} “${stepLabel(textOf(row?.step_name) ?? "–").toLowerCase()}”`;
  if (alone) return `${named(steps[0])} stand against ${named(last)}; the steps are counted by themselves.`;
  const drops = steps.slice(1).map((row) => ({ row, rate: numberOf(row.step_rate) }));
  const [worst] = drops.filter((drop) => drop.rate !== null).toSorted((a, b) => (a.rate ?? 0) - (b.rate ?? 0));
  const hundred = overall * 100;
  const label = (row: Row | undefined): string => stepLabel(textOf(row?.step_name) ?? "–").toLowerCase();
  const share = format.count(Math.round((hundred < 1 ? overall * 1000 : hundred) * 10) / 10);
  const reached = `Of every ${hundred < 1 ? "1,000" : "100"} that ${label(steps[0])}, ${share} also ${label(last)}`;
  return worst
    ? `${reached}; most are lost before “${label(worst.row)}”, where ${format.rate(1 - (worst.rate ?? 0))} leave.`
    : `${reached}.`;
}

export function productsSentence(answers: Answers, context: LeadContext): string {
  const { format, shop } = context;
  if (!shop.has_sessions) return noVisits;
  const [best] = currentRows(answers["product-conversion"] ?? []);
  const abandoned = currentRows(answers["cart-abandonment"] ?? []).toSorted(
    (a, b) => (numberOf(b.abandoned_session_count) ?? 0) - (numberOf(a.abandoned_session_count) ?? 0),
  )[0];
  const name = (row: Row): string => textOf(row.product_name) || textOf(row.product_id) || "–";
  const parts = [
    best
      ? `${name(best)} converts best: at least ${format.rate(best.conversion_rate_lower)} of the sessions that view it buy it`
      : "",
    abandoned
      ? `${name(abandoned)} is left in most carts (${format.count(abandoned.abandoned_session_count)} of ${format.count(abandoned.cart_session_count)})`
      : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? `${parts.join("; ")}.` : "";
}

export function sessionsSentence(answers: Answers, context: LeadContext): string {
  const { format, shop } = context;
  if (!shop.has_sessions) return noVisits;
  const rows = currentRows(answers["session-comparison"] ?? []);
  const buyer = rows.find((row) => row.segment === "purchaser");
  const other = rows.find((row) => row.segment === "non_purchaser");
  const [bought, rest] = [numberOf(buyer?.session_count), numberOf(other?.session_count)];
  if (!buyer || !other || bought === null || rest === null || bought + rest === 0) return "";
  const [long, short] = [numberOf(buyer.median_duration_seconds), numberOf(other.median_duration_seconds)];
  const times =
    long !== null && short ? `, ${format.count(Math.round((long / short) * 10) / 10)} times as long as the others` : "";
  return `${format.rate(bought / (bought + rest))} of ${format.countShort(bought + rest)} sessions ended with a purchase; half of those lasted ${format.seconds(long)} or more${times}.`;
}

export function customersSentence(answers: Answers, context: LeadContext): string {
  const { format } = context;
  const rows = currentRows(answers["rfm-segments"] ?? []);
  const customers = sumOf(rows, "customer_count");
  const [best] = rows.toSorted((a, b) => (numberOf(b.revenue_share_rate) ?? 0) - (numberOf(a.revenue_share_rate) ?? 0));
  if (!best || !customers) return "";
  const lost = rows.find((row) => row.rfm_segment === "Lost");
  const tail = lost && lost !== best ? `; ${format.rate(lost.customer_share_rate)} are lost` : "";
  return `The segment “${textOf(best.rfm_segment)}” is ${format.rate(best.customer_share_rate)} of ${format.count(customers)} customers and brings ${format.rate(best.revenue_share_rate)} of revenue${tail}.`;
}

export function modelsSentence(answers: Answers, { format }: LeadContext): string {
  const rows = currentRows(answers["customer-segments"] ?? []);
  const customers = sumOf(rows, "customer_count");
  const [best] = rows.toSorted((a, b) => (numberOf(a.cluster) ?? 0) - (numberOf(b.cluster) ?? 0));
  if (!best || !customers) return "0 customers are in segments yet: a model says something once it has been trained.";
  return `The last training parts ${format.count(customers)} customers into ${format.count(rows.length)} segments; the most valuable, “${textOf(best.cluster_name)}”, has ${format.count(numberOf(best.customer_count) ?? 0)}.`;
}

/** How many of the trained models beat what they are held against; of errors less is better. */
export function runsSentence(rows: readonly Row[]): string {
  const answering = rows.filter((row) => textOf(row.standing) === "champion");
  const judged = answering.flatMap((row) => {
    const [quality, baseline] = [numberOf(row.quality), numberOf(row.baseline_quality)];
    if (quality === null || baseline === null) return [];
    return [/error/.test(textOf(row.measure) ?? "") ? quality < baseline : quality > baseline];
  });
  const wins = judged.filter(Boolean).length;
  const models = new Set(rows.map((row) => textOf(row.model))).size;
  return `${models} ${models === 1 ? "model is" : "models are"} trained; ${wins} of the ${judged.length} with a baseline ${wins === 1 ? "beats" : "beat"} it.`;
}

/** Whether a model's customers are still as those it was trained on, and what to do where they are not. */
export function driftSentence(rows: readonly Row[]): string {
  const inState = (state: string): readonly Row[] => rows.filter((row) => textOf(row.state) === state);
  const [moved, shifted] = [inState("moved"), inState("shifted")];
  const models = (some: readonly Row[]): string => [...new Set(some.map((row) => textOf(row.model)))].join(" and ");
  const counted = ({ length }: readonly Row[], verb: string): string =>
    `${length} of ${rows.length} measures ${length === 1 ? "has" : "have"} ${verb}`;
  const outdated = shifted.filter((row) => (textOf(row.scored_on) ?? "") > (textOf(row.cutoff_on) ?? ""));
  if (outdated.length > 0)
    return `Warning: ${counted(outdated, "shifted")} since training. Train ${models(outdated)} again.`;
  if (shifted.length > 0)
    return `Warning: ${counted(shifted, "shifted")} within one horizon of training (${models(shifted)}). Expect rates to be off; training again does not help.`;
  if (moved.length > 0) return `${counted(moved, "moved")} since training (${models(moved)}). Watch the largest.`;
  return "Customers are spread as they were at training.";
}

export function basketSentence(answers: Answers, { format }: LeadContext): string {
  // The rule that adds most orders beyond chance: the one of highest lift often rests on a handful.
  const [rule] = currentRows(answers["association-rules"] ?? []).toSorted(
    (a, b) => (numberOf(b.leverage) ?? 0) - (numberOf(a.leverage) ?? 0),
  );
  const [pair] = currentRows(answers["product-pairs"] ?? []);
  const nameOf = (name: unknown, id: unknown): string => textOf(name as Value) || textOf(id as Value) || "–";
  if (rule) {
    const ids = Array.isArray(rule.antecedent) ? rule.antecedent : [];
    const names = Array.isArray(rule.antecedent_names) ? rule.antecedent_names : [];
    const left = ids.map((id, at) => names[at] || id).join(" and ");
    const right = nameOf(rule.consequent_name, rule.consequent);
    return `${format.rate(rule.confidence_rate)} of the orders with ${left} also hold ${right}: ${format.number(rule.lift)} times as many as by chance.`;
  }
  if (!pair) return "Of 0 pairs of products enough orders hold both.";
  return `${nameOf(pair.product_a_name, pair.product_a_id)} and ${nameOf(pair.product_b_name, pair.product_b_id)} are bought together most: in ${format.count(pair.pair_count)} orders.`;
}

export function dataSentence(answers: Answers, { format, shop }: LeadContext): string {
  if (!shop.first_day || !shop.last_day) return "This shop has no data yet.";
  const rejected = sumOf(currentRows(answers["pipeline-runs"] ?? []), "rejected_rows");
  const counts = [
    shop.has_sessions ? `${format.countShort(shop.row_counts.events)} events` : "",
    `${format.countShort(shop.row_counts.orders)} orders`,
    `${format.countShort(shop.row_counts.customers)} customers`,
  ];
  const words =
    rejected === null
      ? ""
      : rejected === 0
        ? "; every row read was accepted"
        : `; ${format.count(rejected)} rows were rejected`;
  return `The warehouse holds ${counts.filter((part) => part !== "").join(", ")} from ${rangeText(shop.first_day, shop.last_day)}${words}.`;
}

/** Who is in a segment, how many they are, and how many they were. */
import type { Readable } from "node:stream";
import { patience } from "../warehouse/engine-config.ts";
import { dayAfterLast, type Extent } from "../warehouse/extent.ts";
import { withScopes } from "../warehouse/scopes.ts";
import { bindOnly, readSql } from "../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../warehouse/warehouse.ts";
import { compileSegment } from "./compile.ts";
import type { Rule } from "./definition.ts";

const sizeSql = readSql(new URL("./segment-size.sql", import.meta.url));
const membersSql = readSql(new URL("./segment-members.sql", import.meta.url));
const idsSql = readSql(new URL("./segment-ids.sql", import.meta.url));
const memberSql = readSql(new URL("./segment-member.sql", import.meta.url));

/** Columns of a list of members, in the order of the export. */
export const memberColumns = [
  "customer_id",
  "customer_name",
  "email",
  "country",
  "order_count",
  "net_revenue_minor",
  "last_order_on",
] as const;

export interface SegmentSize {
  /** Only what happened before this day counts. */
  readonly as_of: string;
  readonly customer_count: number;
  /** Customers of the segment / all customers there are now; null in a shop without any. */
  readonly customer_share_rate: number | null;
}

/** Whether e-mail addresses of members are told as they are, or masked. */
export type Telling = "whole" | "masked";

const emails: Readonly<Record<Telling, string>> = {
  whole: readSql(new URL("./member_emails.sql", import.meta.url)),
  masked: readSql(new URL("./member_emails.masked.sql", import.meta.url)),
};

function statement(
  sql: string,
  rule: Rule,
  values: Readonly<Record<string, unknown>> & { readonly as_of: string },
  telling: Telling = "masked",
) {
  const { parts, bindings } = compileSegment([rule], values.as_of);
  const text = withScopes(sql, {}, new Map([...parts, ["member_emails", () => emails[telling]]]));
  return { text, bindings: bindOnly(text, { ...values, ...bindings }) };
}

/** Customers for whom the rule holds on a day. */
export async function segmentSize(
  warehouse: Warehouse,
  rule: Rule,
  asOf: string,
  signal?: AbortSignal,
): Promise<SegmentSize> {
  const { text, bindings } = statement(sizeSql, rule, { as_of: asOf });
  const { rows } = await warehouse.read(text, { bindings, name: "segment", ...(signal ? { signal } : {}) });
  const [count, all] = [Number(rows[0]?.customer_count ?? 0), Number(rows[0]?.all_customer_count ?? 0)];
  return { as_of: asOf, customer_count: count, customer_share_rate: all === 0 ? null : count / all };
}

/** First days of the months after `firstDay` up to the one of `asOf`, the last `most` of them, and then `asOf` itself. */
export function monthStarts(firstDay: string, asOf: string, most: number): readonly string[] {
  const days: string[] = [];
  const [year = 1970, month = 1] = firstDay.split("-").map(Number);
  for (let at = month; ; at += 1) {
    const start = new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 10);
    if (start >= asOf) break;
    days.push(start);
  }
  return [...days, asOf].slice(-most);
}

/** The segment as it is defined now, taken at the start of each of the last `most` months and today: oldest first. */
export async function segmentSizes(
  warehouse: Warehouse,
  rule: Rule,
  extent: Extent,
  most = 25,
  signal?: AbortSignal,
): Promise<readonly SegmentSize[]> {
  if (extent.firstDay === null) return [];
  const sizes: SegmentSize[] = [];
  for (const day of monthStarts(extent.firstDay, dayAfterLast(extent), most))
    sizes.push(await segmentSize(warehouse, rule, day, signal));
  return sizes;
}

/** Whether a customer, by natural id, is in the segment on a day; false for an id nobody has. */
export async function isInSegment(
  warehouse: Warehouse,
  rule: Rule,
  asOf: string,
  customerId: string,
): Promise<boolean> {
  const { text, bindings } = statement(memberSql, rule, { as_of: asOf, customer_id: customerId });
  const { rows } = await warehouse.read(text, { bindings, name: "segment" });
  return Boolean(rows[0]?.is_member);
}

/** All of them as lines of JSON, streamed until the signal; no reader has a right to whole addresses. */
export async function streamMembers(
  warehouse: Warehouse,
  rule: Rule,
  asOf: string,
  telling: Telling,
  signal?: AbortSignal,
): Promise<Readable> {
  const { text, bindings } = statement(membersSql, rule, { as_of: asOf, limit: 4_294_967_295 }, telling);
  const options = { bindings, name: "segment", ...(signal ? { signal } : {}) };
  return telling === "whole"
    ? await warehouse.stream("app", text, "JSONEachRow", { ...options, settings: patience })
    : await warehouse.stream("patient", text, "JSONEachRow", options);
}

/** The first `limit` customers of the segment by id, with `memberColumns`. */
export async function segmentMembers(
  warehouse: Warehouse,
  rule: Rule,
  asOf: string,
  limit: number,
  telling: Telling,
): Promise<readonly Row[]> {
  const { text, bindings } = statement(membersSql, rule, { as_of: asOf, limit }, telling);
  if (telling === "whole") return await warehouse.query(text, { bindings });
  return (await warehouse.read(text, { bindings, name: "segment" })).rows;
}

/** Their ids as lines of JSON, in the order of the ids' bytes, streamed. */
export async function streamMemberIds(warehouse: Warehouse, rule: Rule, asOf: string): Promise<Readable> {
  const { text, bindings } = statement(idsSql, rule, { as_of: asOf }, "masked");
  return await warehouse.stream("patient", text, "JSONEachRow", { bindings, name: "segment" });
}

/** What may be asked of the audit log, over HTTP and on the command line. */
import { z } from "zod";
import { parsed } from "../parsed.ts";
import { type AuditSearch, auditKinds } from "./audit-log.ts";

export const mostRows = 500;
const limitRule = `must be a whole number from 1 to ${mostRows}`;
const instantRule = "must be a day or an instant in UTC, as 2026-11-29 or 2026-11-29T08:00:00Z";

const text = z.string().trim().min(1).max(200).optional();
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2}(\.\d{1,3})?)?)?Z?)?)?$/, instantRule)
  .transform((given) => given.replace(/Z$/, ""))
  .optional();

const search = z.strictObject({
  who: text,
  what: text,
  kind: z.enum(auditKinds, { error: `must be one of ${auditKinds.join(", ")}` }).optional(),
  since: instant,
  until: instant,
  before: z
    .string()
    .regex(/^\d{4}-\d{2}\.\d{1,15}$/, "must be the `next` of a page")
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, limitRule)
    .transform(Number)
    .pipe(z.int().min(1, limitRule).max(mostRows, limitRule))
    .default(50),
});

/** @throws invalid_parameter naming field and rule */
export const parseAuditSearch = (given: unknown): AuditSearch => parsed(search, given, "the request");

/** Whose traffic is not that of customers: how much is more than a person does, and who works here. */
import { z } from "zod";

export const trafficSchema = z
  .strictObject({
    max_events_per_minute: z
      .int()
      .min(1)
      .default(120)
      .describe("Most events of one visitor within a minute of the clock; one with more is flagged for that day"),
    max_events_per_day: z
      .int()
      .min(1)
      .default(2000)
      .describe("Most events of one visitor on a day; one with more is flagged for that day"),
    staff_ids: z.array(z.string().min(1)).default([]).describe("Customer ids of the shop's own staff"),
    staff_emails: z
      .array(z.string().regex(/^[^@\s]*@[^@\s]+$/, "must be an address, or a domain such as @shop.example"))
      .default([])
      .describe("E-mail addresses of staff, or whole domains such as @shop.example"),
  })
  .prefault({})
  .describe("Traffic that is flagged as not of customers; it is counted unless `traffic` is `people`");

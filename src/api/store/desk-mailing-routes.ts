/** Mailings to carts left behind: a control group gets none, and what the others brought is read beside it. */
import { z } from "zod";
import { mailingReadout } from "../../store/mail/mailing-readout.ts";
import { runQuery } from "../../store/query.ts";
import { storeRoute } from "./define.ts";
import { id, pageSize } from "./fields.ts";

export const deskMailingRoutes = [
  storeRoute({
    name: "desk-mailings",
    method: "GET",
    path: "/desk/mailings",
    summary: "Mailings to carts left behind, the newest first: both groups, and their difference with its interval",
    access: "viewer",
    query: z.strictObject({ limit: pageSize(200, 50) }),
    handle: async ({ query, connection }) => ({
      rows: (await runQuery(connection, "mailings", { most: query.limit })).map((row) => {
        const { mailed_squares: _, control_squares: __, ...shown } = row;
        return { ...shown, ...mailingReadout(row) };
      }),
    }),
  }),
  storeRoute({
    name: "desk-mailing-send",
    method: "POST",
    path: "/desk/mailings",
    summary:
      "Mail the carts left behind that are in no mailing yet, but for a control group; a preview counts and changes nothing",
    access: "admin",
    body: z.strictObject({
      control_rate: z.number().min(0).max(0.5).default(0.15).describe("Share of the carts that gets no mail"),
      window_days: z.int().min(1).max(90).default(7).describe("Days in which an order of the cart counts"),
      is_preview: z.boolean().default(true),
    }),
    handle: async ({ body, store, services, staff }) =>
      await store.mailAbandonedCarts({
        controlRate: body.control_rate,
        windowDays: body.window_days,
        isPreview: body.is_preview,
        actor: staff?.name ?? "",
        link: `${services.address}/shop/cart`,
      }),
  }),
  storeRoute({
    name: "desk-mailing-carts",
    method: "GET",
    path: "/desk/mailings/:mailing_id/carts",
    summary: "Who got a mail and who did not, and what their carts became",
    access: "analyst",
    params: z.strictObject({ mailing_id: id }),
    query: z.strictObject({ limit: pageSize(5000, 1000) }),
    handle: async ({ params, query, connection }) => ({
      rows: await runQuery(connection, "mailing-carts", { ...params, most: query.limit }),
    }),
  }),
];

/** The desk's customers: who they are, and everything the store and the models know of one. */
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";
import { runQuery } from "../../store/query.ts";
import { storeRoute } from "./define.ts";
import { afterId, id, pageSize, text } from "./fields.ts";

export const deskCustomerRoutes = [
  storeRoute({
    name: "desk-customers",
    method: "GET",
    path: "/desk/customers",
    summary: "Customers, the newest first",
    access: "analyst",
    query: z.strictObject({
      q: text(200, 1).optional().describe("Letters of the e-mail address or the name"),
      after_id: afterId,
      limit: pageSize(500, 50),
    }),
    handle: async ({ query, connection }) => ({
      rows: await runQuery(connection, "desk-customers", {
        text: query.q,
        after_id: query.after_id,
        most: query.limit,
      }),
    }),
  }),
  storeRoute({
    name: "desk-customer",
    method: "GET",
    path: "/desk/customers/:customer_id",
    summary: "One customer: carts, orders, returns, reviews, points, mails, and scores where models have run",
    access: "analyst",
    params: z.strictObject({ customer_id: id }),
    query: z.strictObject({ limit: pageSize(200, 50) }),
    handle: async ({ params, query, connection, services }) => {
      const [customer] = await runQuery(connection, "desk-customer", params);
      if (!customer) {
        throw new CartwrightError("store_missing", `there is no customer ${params.customer_id}`, {
          hint: "list the customers for their ids",
        });
      }
      const of = async (file: string) => await runQuery(connection, file, { ...params, most: query.limit });
      return {
        ...customer,
        scores: await services.scores(`S-${params.customer_id}`),
        carts: await of("customer-carts"),
        orders: await of("orders"),
        returns: await of("customer-returns"),
        reviews: await of("own-reviews"),
        points: await of("loyalty-entries"),
        mails: await of("customer-mails"),
      };
    },
  }),
];

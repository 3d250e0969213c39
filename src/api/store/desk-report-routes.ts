/** The desk's lists and figures, straight from the store's views: to the cent of the last refresh, without the warehouse. */
import { z } from "zod";
import { runQuery } from "../../store/query.ts";
import { refreshableViews, refreshView } from "../../store/refresh.ts";
import { type Access, storeRoute } from "./define.ts";
import { pageSize, wholeNumber } from "./fields.ts";

interface Report {
  readonly name: string;
  /** File of store/queries/. */
  readonly query: string;
  readonly summary: string;
  /** Analysts see who; viewers see how many. */
  readonly access: Access;
}

const reports: readonly Report[] = [
  { name: "low-stock", query: "low-stock", summary: "Articles to reorder, the emptiest first", access: "viewer" },
  { name: "abandoned-carts", query: "abandoned-carts", summary: "Carts left behind", access: "analyst" },
  { name: "daily-sales", query: "daily-sales", summary: "Sales by day, newest first", access: "viewer" },
  { name: "monthly-sales", query: "monthly-sales", summary: "Sales by month, newest first", access: "viewer" },
  { name: "demand", query: "product-demand", summary: "Demand by article", access: "viewer" },
  { name: "rfm", query: "rfm-segments", summary: "RFM segments with customers and revenue", access: "viewer" },
  { name: "clv", query: "customer-clv", summary: "Customers by what they have been worth", access: "analyst" },
];

export const deskReportRoutes = [
  ...reports.map(({ name, query: file, summary, access }) =>
    storeRoute({
      name: `desk-${name}`,
      method: "GET",
      path: `/desk/${name}`,
      summary,
      access,
      query: z.strictObject({ limit: pageSize(5000, 100) }),
      handle: async ({ query, connection }) => ({ rows: await runQuery(connection, file, { most: query.limit }) }),
    }),
  ),
  storeRoute({
    name: "desk-inactive-customers",
    method: "GET",
    path: "/desk/inactive-customers",
    summary: "Customers who have done nothing for some days, the longest silent first",
    access: "analyst",
    query: z.strictObject({ days: wholeNumber(1, 3650).default(365), limit: pageSize(5000, 100) }),
    handle: async ({ query, connection }) => ({
      rows: await runQuery(connection, "inactive-customers", { days: query.days, most: query.limit }),
    }),
  }),
  storeRoute({
    name: "desk-refresh",
    method: "POST",
    path: "/desk/views/:view/refresh",
    summary: "Bring a materialized view up to date while others read it; rows it has then, and the seconds it took",
    access: "admin",
    params: z.strictObject({ view: z.enum(refreshableViews) }),
    handle: async ({ params, connection }) => {
      const from = performance.now();
      const row_count = await refreshView(connection, params.view);
      return { row_count, seconds: Math.round(performance.now() - from) / 1000 };
    },
  }),
  storeRoute({
    name: "desk-today",
    method: "GET",
    path: "/desk/today",
    summary: "What the desk looks at first: today's orders, and what waits for someone",
    access: "viewer",
    handle: async ({ connection }) => (await runQuery(connection, "desk-today"))[0],
  }),
  storeRoute({
    name: "desk-reconciliation",
    method: "POST",
    path: "/desk/reconciliation",
    summary:
      "Compare the store with the warehouse now, day by day, the newest first; what waits for its delivery differs",
    access: "analyst",
    handle: async ({ connection, services }) => ({ rows: [...(await services.reconcile(connection))].reverse() }),
  }),
];

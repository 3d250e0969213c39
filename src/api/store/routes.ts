/** Every route of the store, in the order the documentation lists them. */
import { accountRoutes } from "./account-routes.ts";
import { cartRoutes } from "./cart-routes.ts";
import { catalogueRoutes } from "./catalogue-routes.ts";
import type { StoreRoute } from "./define.ts";
import { deskCustomerRoutes } from "./desk-customer-routes.ts";
import { deskMailingRoutes } from "./desk-mailing-routes.ts";
import { deskOrderRoutes } from "./desk-order-routes.ts";
import { deskReportRoutes } from "./desk-report-routes.ts";
import { deskStockRoutes } from "./desk-stock-routes.ts";
import { orderRoutes } from "./order-routes.ts";
import { reviewRoutes } from "./review-routes.ts";
import { shopRoutes } from "./shop-routes.ts";

export const storeRoutes: readonly StoreRoute[] = [
  ...shopRoutes,
  ...accountRoutes,
  ...catalogueRoutes,
  ...cartRoutes,
  ...orderRoutes,
  ...reviewRoutes,
  ...deskStockRoutes,
  ...deskOrderRoutes,
  ...deskReportRoutes,
  ...deskMailingRoutes,
  ...deskCustomerRoutes,
];

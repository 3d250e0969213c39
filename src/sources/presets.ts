/** Every source system whose files are recognised, in the order they are tried: the more demanding first. */
import { ecbRates, exchangeRates } from "./exchange-rates/preset.ts";
import { ga4 } from "./ga4/preset.ts";
import { hm } from "./hm/preset.ts";
import { olist } from "./olist/preset.ts";
import { onlineRetail } from "./online-retail/preset.ts";
import { eventsCsv, ordersCsv } from "./own-forms/preset.ts";
import type { Preset } from "./preset.ts";
import { rees46, rees46Cosmetics } from "./rees46/preset.ts";
import { retailrocket } from "./retailrocket/preset.ts";
import { segment } from "./segment/preset.ts";
import { shopifyOrders } from "./shopify/preset.ts";
import { store } from "./store/preset.ts";
import { woocommerceOrders } from "./woocommerce/preset.ts";

export const presets: readonly Preset[] = [
  store,
  rees46,
  olist,
  onlineRetail,
  hm,
  shopifyOrders,
  woocommerceOrders,
  ga4,
  segment,
  retailrocket,
  eventsCsv,
  ordersCsv,
  ecbRates,
  exchangeRates,
  rees46Cosmetics,
];

/** Every source system whose files are recognised, in the order they are tried: the more demanding first. */
import { hm } from "./hm/preset.ts";
import { olist } from "./olist/preset.ts";
import { onlineRetail } from "./online-retail/preset.ts";
import { eventsCsv, ordersCsv } from "./own-forms/preset.ts";
import type { Preset } from "./preset.ts";
import { rees46, rees46Cosmetics } from "./rees46/preset.ts";
import { store } from "./store/preset.ts";

export const presets: readonly Preset[] = [
  store,
  rees46,
  olist,
  onlineRetail,
  hm,
  eventsCsv,
  ordersCsv,
  rees46Cosmetics,
];

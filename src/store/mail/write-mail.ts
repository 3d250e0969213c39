/** The words of the mails that the store's procedures queue. */
import { CartwrightError } from "../../errors.ts";
import type { StoreRow } from "../connection.ts";
import type { Mail } from "./mailer.ts";

type Details = Readonly<Record<string, unknown>>;

const texts: Readonly<Record<string, (details: Details) => Omit<Mail, "to">>> = {
  order_confirmation: ({ order_id }) => ({
    subject: `Your order ${order_id}`,
    body: `Thank you. Your order ${order_id} is paid, and we are packing it.`,
  }),
  order_shipped: ({ order_id, tracking_code }) => ({
    subject: `Your order ${order_id} is on its way`,
    body: tracking_code
      ? `Your order ${order_id} has left us. Tracking code: ${tracking_code}`
      : `Your order ${order_id} has left us.`,
  }),
  refund: ({ order_id }) => ({
    subject: `A refund for order ${order_id}`,
    body: `We have asked for your refund of order ${order_id}. It reaches you by the way you paid.`,
  }),
  wishlist_added: ({ name }) => ({
    subject: `On your wishlist: ${name}`,
    body: `We will tell you when the price of ${name} falls, or when it is back.`,
  }),
  price_drop: ({ name }) => ({ subject: `${name} costs less now`, body: `The price of ${name} has fallen.` }),
  back_in_stock: ({ name }) => ({ subject: `${name} is back`, body: `${name}, on your wishlist, is in stock again.` }),
  abandoned_cart: ({ link }) => ({
    subject: "Your cart is waiting",
    body: `You left articles in your cart. They are there still${link ? `: ${link}` : "."}\n\nYou get this mail because you agreed to mails like it; your account on our pages takes that back.`,
  }),
};

/**
 * A row of the queue as a mail.
 *
 * @throws store_invalid for a template this version does not know
 */
export function writeMail({ recipient, template, details }: StoreRow): Mail {
  const text = texts[String(template)];
  if (!text)
    throw new CartwrightError("store_invalid", `there is no mail ${template}`, { hint: "use a newer version" });
  return { to: String(recipient), ...text((details ?? {}) as Details) };
}

/** After the order: account, tracking, sending back, reviewing. */
import type { Order } from "./answers.ts";
import type { OwnOrder, Shopper } from "./shopper.ts";

/** Opens an account; the cart stays the shopper's. */
export async function signUp(shopper: Shopper): Promise<void> {
  const { browser, email, name, random } = shopper;
  const password = shopper.orderKey();
  const made = await browser.send({
    method: "POST",
    path: "/sign-up",
    body: { email, name, password, accepts_mail: random.chance(0.6) },
    refusal: "address_is_registered",
  });
  shopper.isSignedIn = made !== null;
}

/** The account's own pages. */
export async function lookAtAccount({ browser, random }: Shopper): Promise<void> {
  await browser.open(["/profile", "/statistics", "/loyalty", "/addresses"]);
  if (random.chance(0.3)) await browser.open(["/wishlist"]);
}

/** Looks where an order is; part of one that has arrived may go back, and what was bought may be reviewed. */
export async function followUp(shopper: Shopper, own: OwnOrder): Promise<void> {
  const { browser, random, crowd, isSignedIn } = shopper;
  const headers = own.token === null ? {} : { "x-order-token": own.token };
  if (isSignedIn && own.token === null) await browser.open(["/orders?limit=20"]);
  const [order] = await browser.open<[Order]>([`/orders/${own.orderId}`], headers);
  if (!order) return;
  await shopper.look();
  const line = order.lines[0];
  if (!line) return;
  const hasLeft = order.status === "shipped" || order.status === "delivered";
  if (hasLeft && !own.isReturned && random.chance(0.3)) {
    own.isReturned = true;
    const items = [{ order_item_id: line.order_item_id, quantity: 1 }];
    const asked = await browser.send({
      method: "POST",
      path: `/orders/${own.orderId}/returns`,
      body: { items, reason: random.pick(["too small", "another colour", "not as pictured"]) },
      headers,
      refusal: "return_refused",
    });
    if (asked) crowd.tally.count("return");
  }
  if (isSignedIn && hasLeft && !own.isReviewed && random.chance(0.5)) {
    own.isReviewed = true;
    const [body, rating] = random.pick(opinions);
    await browser.send({ method: "POST", path: "/reviews/suggestion", body: { body }, refusal: "review_refused" });
    await shopper.look();
    const made = await browser.send({
      method: "POST",
      path: `/articles/${line.article_id}/reviews`,
      body: { rating, body },
      refusal: "review_refused",
    });
    if (made) crowd.tally.count("review");
  }
}

const opinions = [
  ["Lovely cloth, fits well and feels warm.", 5],
  ["Good for the price, would buy again.", 4],
  ["It is fine, the colour is a little duller than in the picture.", 3],
  ["Disappointing: the seam broke after a week.", 2],
  ["Beautiful, a perfect present.", 5],
] as const;

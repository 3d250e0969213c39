/** Cart and checkout. */
import type { Article, CartLine, Offers, Placed, Rows } from "./answers.ts";
import type { Shopper } from "./shopper.ts";

const refusedCard = "test-fails";
const lateTransfer = "test-late";

/** Puts an article into the cart, mostly one of it; a customer who only likes it keeps it on the wishlist. */
export async function consider(shopper: Shopper, article: Article): Promise<void> {
  const { random, browser, appetite, isSignedIn } = shopper;
  const { article_id } = article;
  if (random.chance(appetite * 2)) {
    const quantity = random.chance(0.85) ? 1 : random.integer(2, 3);
    // A shopper who sees that nothing is left does not try; one who was a moment too late hears it from the shop.
    if (article.available_quantity < quantity) return;
    await browser.send({
      method: "POST",
      path: "/cart/items",
      body: { article_id, quantity },
      refusal: "stock_gone_before_cart",
    });
  } else if (isSignedIn && random.chance(0.1)) {
    await browser.send({ method: "PUT", path: `/wishlist/${article_id}`, refusal: "not_for_sale" });
  }
}

/** Looks into the cart, at times changes it, and decides; what is left in it is abandoned. */
export async function decide(shopper: Shopper): Promise<void> {
  const { random, browser, crowd } = shopper;
  const lines = await openCart(shopper);
  const first = lines[0];
  if (!first) return;
  await shopper.look();
  if (random.chance(0.15)) {
    const path = `/cart/items/${first.article_id}`;
    if (random.chance(0.5)) await browser.send({ method: "DELETE", path, refusal: "not_in_cart" });
    else
      await browser.send({
        method: "PUT",
        path,
        body: { quantity: first.quantity + 1 },
        refusal: "stock_gone_before_cart",
      });
  }
  const left = await openCart(shopper);
  if (left.length === 0) return;
  if (!random.chance(0.65)) return crowd.tally.count("abandoned");
  for (const line of left)
    if (!line.is_available)
      await browser.send({ method: "DELETE", path: `/cart/items/${line.article_id}`, refusal: "not_in_cart" });
  if (left.some((line) => line.is_available)) await checkOut(shopper);
}

async function openCart({ browser }: Shopper): Promise<readonly CartLine[]> {
  const [cart] = await browser.open<[Rows<CartLine>, Offers]>(["/cart", "/offers?place=cart"]);
  return cart?.rows ?? [];
}

async function checkOut(shopper: Shopper): Promise<void> {
  const { random, browser, crowd, isSignedIn } = shopper;
  await browser.open(["/cart/quote", ...(isSignedIn ? ["/addresses"] : [])]);
  await browser.track("checkout_start", null);
  await shopper.look();
  // One in ten is frightened off by the form.
  if (random.chance(0.1)) return crowd.tally.count("abandoned");
  const placed = await browser.send<Placed>({
    method: "POST",
    path: "/checkout",
    body: {
      key: shopper.orderKey(),
      address: shopper.address,
      ...(isSignedIn ? {} : { email: shopper.email }),
      method: methodOf(shopper),
    },
    refusal: "stock_gone_at_checkout",
  });
  if (!placed) return crowd.tally.count("abandoned");
  const headers = { ...(placed.order_token === null ? {} : { "x-order-token": placed.order_token }) };
  if (placed.payments.some(({ status }) => status === "failed")) {
    crowd.tally.refusal("payment_refused");
    if (!random.chance(0.8)) return;
    await shopper.look();
    await browser.send({
      method: "POST",
      path: `/orders/${placed.order_id}/pay`,
      body: { method: "card" },
      headers,
      refusal: "payment_too_late",
    });
  }
  crowd.tally.order(placed.total_minor);
  crowd.orders.add(placed.order_id);
  shopper.orders.push({ orderId: placed.order_id, token: placed.order_token, isReturned: false, isReviewed: false });
  await browser.open([`/orders/${placed.order_id}`], headers);
}

/** Most pay by a card that works; the shop's test provider has one that does not, and a slow transfer. */
function methodOf({ random, methods }: Shopper): string {
  const wanted = random.chance(0.05) ? refusedCard : random.chance(0.05) ? lateTransfer : "card";
  return methods.includes(wanted) ? wanted : (methods[0] ?? "card");
}

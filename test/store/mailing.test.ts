/** Mailings to carts left behind. Groups are computed a second time here; rates and intervals by hand. */
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { momentsOf } from "../../src/stats/moments.ts";
import { welchT } from "../../src/stats/welch-t.ts";
import { sendWaitingMails } from "../../src/store/mail/send-waiting.ts";
import { address, describeStores } from "./shops.ts";
import { openStoreApi, type StoreApi } from "./store-api.ts";

const placeOf = (cartId: number): number =>
  createHash("md5").update(`abandoned-cart:${cartId}`).digest().readUInt32BE(0) / 2 ** 32;

interface Left {
  readonly cartId: number;
  readonly customerId: number;
}

describeStores("mailings to carts left behind", (shop) => {
  let api: StoreApi;
  beforeEach(async () => {
    api = await openStoreApi(shop());
  });
  afterEach(async () => await api.close());
  const send = async (body: object = {}) => (await api.as("admin", "POST", "/desk/mailings", body)).body;
  const mailings = async () => (await api.as("viewer", "GET", "/desk/mailings")).body.rows;

  /** Customers who may be written to, each with a scarf in a cart left behind. */
  async function leave(count: number, accepts = true): Promise<Left[]> {
    const { store, scarf, connection, value } = shop();
    const before = Number(await value("select count(*) from store.customers"));
    const left: Left[] = [];
    for (let index = 0; index < count; index += 1) {
      const customerId = await store.registerCustomer(`left${before}-${index}@example.com`, "Left", "hash");
      await store.saveProfile(customerId, { accepts_mail: accepts });
      const cartId = await store.openCart(customerId, null);
      await store.addToCart(cartId, scarf, 1 + (index % 2));
      left.push({ cartId, customerId });
    }
    await connection.query("update store.customers set verified_at = now()");
    await abandon();
    return left;
  }

  async function abandon(): Promise<void> {
    await shop().connection.query("update store.carts set last_active_at = now() - interval '2 days'");
    await shop().store.detectAbandonedCarts();
  }

  async function order({ cartId, customerId }: Left): Promise<number> {
    const placed = await shop().store.processCheckout({ cartId, customerId, key: `mailing-${cartId}`, address });
    await shop().store.settlePayment(placed.paymentId, "succeeded");
    return placed.orderId;
  }

  it("write to the carts above the control share and to no other, each once, whatever happens", async () => {
    const { rows, connection } = shop();
    const left = await leave(30);
    const control = left.filter(({ cartId }) => placeOf(cartId) < 0.3).map(({ cartId }) => cartId);
    expect(control.length).toBeGreaterThan(1);
    const counts = { mailed_count: 30 - control.length, control_count: control.length };
    // A preview counts and changes nothing.
    expect(await send({ control_rate: 0.3 })).toMatchObject({ mailing_id: null, ...counts });
    expect(await rows("select mail_id from store.mails")).toEqual([]);
    const made = await send({ control_rate: 0.3, is_preview: false });
    expect(made).toMatchObject(counts);
    const kept = await rows(
      "select cart_id, is_control, mail_id is null as is_silent from store.mailing_carts order by cart_id",
    );
    expect(kept).toEqual(
      left.map(({ cartId }) => ({
        cart_id: cartId,
        is_control: control.includes(cartId),
        is_silent: control.includes(cartId),
      })),
    );
    expect(await sendWaitingMails(connection, { send: async (mail) => void api.mails.push(mail) })).toBe(
      counts.mailed_count,
    );
    expect(api.mails[0]).toMatchObject({ subject: "Your cart is waiting" });
    expect(api.mails[0]?.body).toMatch(/\/shop\/cart/);
    const named = (await api.as("analyst", "GET", `/desk/mailings/${made.mailing_id}/carts`)).body.rows;
    expect(named).toHaveLength(30);
    expect((await api.as("viewer", "GET", `/desk/mailings/${made.mailing_id}/carts`)).status).toBe(403);

    // Asked again, touched and left again: no cart is in a second mailing.
    expect(await send({ is_preview: false })).toMatchObject({ mailing_id: null, mailed_count: 0, control_count: 0 });
    await shop().store.addToCart(left[0]?.cartId ?? 0, shop().hat, 1);
    await abandon();
    const both = await Promise.all([send({ is_preview: false }), send({ is_preview: false })]);
    expect(both).toMatchObject([{ mailed_count: 0 }, { mailed_count: 0 }]);
    const fresh = await leave(3);
    const raced = await Promise.all([
      send({ control_rate: 0, is_preview: false }),
      send({ control_rate: 0, is_preview: false }),
    ]);
    expect(raced.map((one) => one.mailed_count).toSorted()).toEqual([0, fresh.length]);
    expect((await api.as("admin", "POST", "/desk/mailings", { control_rate: 0.6 })).status).toBe(400);
    expect((await api.as("analyst", "POST", "/desk/mailings", {})).status).toBe(403);
  });

  it("leave out guests, unproven addresses, those who do not accept mails and the inactive, and count them", async () => {
    const { store, hat, connection } = shop();
    await leave(2);
    const silent = await leave(3, false);
    const [unproven, inactive] = await leave(2);
    await store.addToCart(await store.openCart(null, Buffer.alloc(32, 5)), hat, 1);
    await abandon();
    await connection.query("update store.customers set verified_at = null where customer_id = $1", [
      unproven?.customerId,
    ]);
    await connection.query("update store.customers set is_active = false where customer_id = $1", [
      inactive?.customerId,
    ]);
    const expected = {
      without_address_count: 2,
      without_consent_count: silent.length,
      inactive_count: 1,
      mailed_count: 2,
      control_count: 0,
    };
    expect(await send({ control_rate: 0 })).toMatchObject(expected);
    expect(await send({ control_rate: 0, is_preview: false })).toMatchObject(expected);
    expect((await mailings())[0]).toMatchObject(expected);
    // A shopper says so at sign-up or later, and takes it back; until then nobody is written to.
    const bea = await api.signedUp("bea@example.com");
    expect((await bea.call("GET", "/profile")).body.accepts_mail).toBe(false);
    expect((await bea.call("PATCH", "/profile", { accepts_mail: true })).body.accepts_mail).toBe(true);
    expect((await bea.call("PATCH", "/profile", { name: "Bea" })).body.accepts_mail).toBe(true);
    const cy = api.browser();
    const account = { email: "cy@example.com", password: "correct horse battery", accepts_mail: true };
    expect((await cy.call("POST", "/sign-up", account)).status).toBe(201);
    expect((await cy.call("GET", "/profile")).body.accepts_mail).toBe(true);
  });

  it("are read out by group: shares, revenue per cart, and their difference with its interval", async () => {
    const { connection } = shop();
    const left = await leave(24);
    await send({ control_rate: 0.5, is_preview: false });
    // While no cart was ordered there is nothing to compare: an interval would have no width.
    expect((await mailings())[0]).toMatchObject({ recovered_rate_difference: null, revenue_per_cart_difference: null });
    const isControl = ({ cartId }: Left): boolean => placeOf(cartId) < 0.5;
    const [control, mailed] = [left.filter(isControl), left.filter((one) => !isControl(one))];
    expect(Math.min(control.length, mailed.length)).toBeGreaterThan(3);
    const bought = [...mailed.slice(0, 3), ...control.slice(0, 1)];
    for (const one of bought) await order(one);
    // An order after the window, and one that was cancelled, are no recovery.
    const [late, cancelled] = mailed.slice(3, 5);
    if (!late || !cancelled) throw new Error("too few carts");
    await connection.query("update store.orders set placed_at = placed_at + interval '8 days' where order_id = $1", [
      await order(late),
    ]);
    await shop().store.cancelOrder(await order(cancelled));
    const [row] = await mailings();
    const amountOf = (one: Left): number => (bought.includes(one) ? 333 * (1 + (left.indexOf(one) % 2)) : 0);
    const sum = (group: readonly Left[]): number => group.reduce((total, one) => total + amountOf(one), 0);
    const [p0, p1] = [1 / control.length, 3 / mailed.length];
    const reach = 1.959963984540054 * Math.sqrt((p0 * (1 - p0)) / control.length + (p1 * (1 - p1)) / mailed.length);
    expect(row).toMatchObject({
      is_over: false,
      is_rough: true,
      control_count: control.length,
      control_recovered_count: 1,
      control_recovered_rate: p0,
      control_revenue_minor: sum(control),
      mailed_count: mailed.length,
      mailed_recovered_count: 3,
      mailed_recovered_rate: p1,
      mailed_revenue_minor: sum(mailed),
    });
    expect(row.recovered_rate_difference.effect).toBeCloseTo(p1 - p0, 12);
    expect(row.recovered_rate_difference.lower).toBeCloseTo(p1 - p0 - reach, 9);
    expect(row.recovered_rate_difference.upper).toBeCloseTo(p1 - p0 + reach, 9);
    const wanted = welchT(momentsOf(control.map(amountOf)), momentsOf(mailed.map(amountOf)));
    expect(row.revenue_per_cart_difference.effect).toBeCloseTo(
      sum(mailed) / mailed.length - sum(control) / control.length,
      9,
    );
    expect(row.revenue_per_cart_difference.lower).toBeCloseTo(wanted.lower, 6);
    expect(row.revenue_per_cart_difference.p_value).toBeCloseTo(wanted.pValue, 9);
    await connection.query("update store.mailings set created_at = created_at - interval '8 days'");
    expect((await mailings())[0].is_over).toBe(true);
  });
});

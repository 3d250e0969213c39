import type { Quote } from "../shop-types.ts";
import { useShop } from "../use-shop.tsx";

/** What an order comes to, line by line. */
export function Sums({ quote }: { quote: Quote }) {
  const { money } = useShop();
  return (
    <dl className="sums">
      <dt>Goods</dt>
      <dd>{money(quote.subtotal_minor)}</dd>
      {quote.discount_minor > 0 ? (
        <>
          <dt>Coupon</dt>
          <dd>−{money(quote.discount_minor)}</dd>
        </>
      ) : null}
      <dt>Shipping</dt>
      <dd>{quote.shipping_minor === 0 ? "Free" : money(quote.shipping_minor)}</dd>
      {quote.tax_minor > 0 ? (
        <>
          <dt>Tax</dt>
          <dd>{money(quote.tax_minor)}</dd>
        </>
      ) : null}
      <dt className="total">Total</dt>
      <dd className="total">{money(quote.total_minor)}</dd>
    </dl>
  );
}

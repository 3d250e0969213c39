import { additiveMetric, ratioMetric } from "./define.ts";

export const viewingSessionCount = additiveMetric({
  name: "viewing_session_count",
  label: "Viewing sessions",
  unit: "count",
  meaning: "Sessions that viewed the product, on the day they first touched it.",
});

export const productPurchasingSessionCount = additiveMetric({
  name: "purchasing_session_count",
  label: "Purchasing sessions",
  unit: "count",
  meaning: "Sessions that bought the product.",
});

export const cartSessionCount = additiveMetric({
  name: "cart_session_count",
  label: "Cart sessions",
  unit: "count",
  meaning: "Sessions that added the product to the cart.",
});

export const abandonedSessionCount = additiveMetric({
  name: "abandoned_session_count",
  label: "Abandoning sessions",
  unit: "count",
  meaning: "Sessions that added the product to the cart and did not buy it.",
});

export const conversionRate = ratioMetric({
  name: "conversion_rate",
  label: "Conversion",
  unit: "rate",
  numerator: productPurchasingSessionCount,
  denominator: viewingSessionCount,
  meaning:
    "Purchasing sessions / viewing sessions of a product; ranked by the lower bound of its 95 % Wilson interval.",
});

export const abandonmentRate = ratioMetric({
  name: "abandonment_rate",
  label: "Cart abandonment",
  unit: "rate",
  numerator: abandonedSessionCount,
  denominator: cartSessionCount,
  meaning:
    "Sessions that added a product and did not buy it / sessions that added it. Not cart events minus purchase events.",
});

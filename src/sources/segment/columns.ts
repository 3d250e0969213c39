/** The columns of the rows that messages become. */

export const eventColumns = [
  "event_id",
  "event_at",
  "event_type",
  "customer_id",
  "product_id",
  "session_id",
  "price",
  "quantity",
  "order_id",
  "currency",
  "properties",
  "product_name",
  "category",
  "brand",
  "plan_note",
] as const;

export const customerColumns = [
  "customer_id",
  "alias_id",
  "name",
  "email",
  "address",
  "city",
  "region",
  "postal_code",
  "country",
  "gender",
  "age",
  "registered_at",
  "message_id",
] as const;

import type { Preset } from "../preset.ts";

const columns = {
  line_at: "InvoiceDate",
  product_id: "StockCode",
  product_name: "Description",
  quantity: "Quantity",
  country: "Country",
};

/** UCI "Online Retail" (one sheet) and "Online Retail II" (two sheets, other column names): one invoice line a row. */
export const onlineRetail: Preset = {
  name: "online-retail",
  title: "UCI Online Retail invoice lines",
  tables: [
    {
      requires: [
        "InvoiceNo",
        "StockCode",
        "Description",
        "Quantity",
        "InvoiceDate",
        "UnitPrice",
        "CustomerID",
        "Country",
      ],
      mapping: {
        kind: "order_lines",
        columns: { ...columns, order_id: "InvoiceNo", unit_price: "UnitPrice", customer_id: "CustomerID" },
      },
    },
    {
      requires: ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country"],
      mapping: {
        kind: "order_lines",
        columns: { ...columns, order_id: "Invoice", unit_price: "Price", customer_id: "Customer ID" },
      },
    },
  ],
};

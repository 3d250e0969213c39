import "../styles/desk.css";
import { Tabs } from "@mantine/core";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { type ComponentType, useEffect } from "react";
import { Card } from "../components/card.tsx";
import { EmptyState } from "../components/states.tsx";
import { CatalogueTab } from "../desk/catalogue.tsx";
import { CustomersTab } from "../desk/customers.tsx";
import type { Today } from "../desk/desk-types.ts";
import { FiguresTab } from "../desk/figures.tsx";
import { MailingsTab } from "../desk/mailings.tsx";
import { OrdersTab } from "../desk/orders.tsx";
import { PricesTab } from "../desk/prices.tsx";
import { ReconciliationTab } from "../desk/reconciliation.tsx";
import { ReviewsTab } from "../desk/reviews.tsx";
import { StockTab } from "../desk/stock.tsx";
import { TodayTab } from "../desk/today.tsx";
import { useDesk } from "../desk/use-desk.ts";
import { parseSearch } from "../search-params.ts";
import { useWorkspace } from "../shell/workspace.tsx";

interface Tab {
  readonly name: string;
  readonly label: string;
  readonly body: ComponentType;
  /** Names people, so viewers do not see it. */
  readonly isNamed?: boolean;
}

const tabs: readonly Tab[] = [
  { name: "today", label: "Today", body: TodayTab },
  { name: "orders", label: "Orders", body: OrdersTab, isNamed: true },
  { name: "customers", label: "Customers", body: CustomersTab, isNamed: true },
  { name: "stock", label: "Stock", body: StockTab },
  { name: "prices", label: "Prices", body: PricesTab },
  { name: "catalogue", label: "Catalogue", body: CatalogueTab },
  { name: "reviews", label: "Reviews", body: ReviewsTab },
  { name: "mailings", label: "Mailings", body: MailingsTab },
  { name: "figures", label: "Figures", body: FiguresTab },
  { name: "reconciliation", label: "Reconciliation", body: ReconciliationTab },
];

/** The desk that runs the store; which part is open stands in the address. */
export function StorePage() {
  const { shop, format, session } = useWorkspace();
  const { searchStr } = useLocation();
  const navigate = useNavigate();
  const today = useDesk<Today>("/desk/today", shop.has_store);
  useEffect(() => {
    document.title = `Store – ${shop.name} – Cartwright`;
  }, [shop.name]);
  const known = tabs.filter((tab) => !tab.isNamed || session.user.role !== "viewer");
  const asked = new URLSearchParams(searchStr).get("desk");
  const open = known.find((tab) => tab.name === asked) ?? known[0];
  const change = (name: string | null): void =>
    void navigate({ to: ".", search: { ...parseSearch(searchStr), desk: name ?? "today" } as never });
  return (
    <div className="page">
      <h1 className="sr-only">Store</h1>
      <p className="lead">
        {today.data
          ? `${format.count(today.data.order_count)} ${today.data.order_count === 1 ? "order" : "orders"} today for ${format.money(today.data.revenue_minor)}; ${format.count(today.data.to_ship_count)} to be shipped, ${format.count(today.data.low_stock_count)} articles to reorder.`
          : "The desk that runs the store."}
      </p>
      {shop.has_store ? (
        <Tabs value={open?.name ?? "today"} onChange={change} keepMounted={false}>
          <div className="desk-head">
            <Tabs.List className="desk-tabs">
              {known.map((tab) => (
                <Tabs.Tab key={tab.name} value={tab.name}>
                  {tab.label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <a className="desk-shop" href="/shop/">
              Open the storefront
            </a>
          </div>
          {known.map((tab) => (
            <Tabs.Panel key={tab.name} value={tab.name} pt={16}>
              <div className="grid">
                <tab.body />
              </div>
            </Tabs.Panel>
          ))}
        </Tabs>
      ) : (
        <div className="grid">
          <Card title="Store" subtitle="Not set up" size="full">
            <EmptyState
              what="This workspace has no store yet."
              step="Stop the server, run `cartwright store seed` in the shop's folder for a believable one, or `cartwright store migrate` for an empty one, and start it again."
            />
          </Card>
        </div>
      )}
    </div>
  );
}

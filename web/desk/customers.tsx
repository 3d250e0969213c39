import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { SideDrawer } from "../components/side-drawer.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { CustomerDetail } from "./customer-detail.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { DeskCustomerRow, Rows } from "./desk-types.ts";
import { useDesk } from "./use-desk.ts";

/** Customers by name or address, and everything about one at the right. */
export function CustomersTab() {
  const { format } = useWorkspace();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const [open, setOpen] = useState<DeskCustomerRow | null>(null);
  const customers = useDesk<Rows<DeskCustomerRow>>(
    `/desk/customers?${new URLSearchParams({ limit: "50", ...(search === "" ? {} : { q: search }) })}`,
  );
  return (
    <>
      <Card title="Customers" subtitle="The newest 50; search by letters of the name or the address" size="full">
        <TextInput
          aria-label="Search customers"
          placeholder="Name or e-mail address"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <DeskTable
          name="Customers"
          answer={customers}
          keyOf={(row) => row.customer_id}
          columns={[
            {
              label: "Customer",
              show: (row) => (
                <button type="button" className="link-button" onClick={() => setOpen(row)}>
                  {row.email}
                </button>
              ),
            },
            { label: "Name", show: (row) => row.name },
            { label: "Country", show: (row) => row.country },
            { label: "Account", show: (row) => (row.is_registered ? "yes" : "guest") },
            { label: "Since", show: (row) => format.instant(row.registered_at) },
            { label: "Orders", isFigure: true, show: (row) => format.count(row.order_count) },
            { label: "Revenue", isFigure: true, show: (row) => format.money(row.revenue_minor) },
            { label: "Loyalty score", isFigure: true, show: (row) => format.number(row.loyalty_score) },
          ]}
          empty={{ what: "No customer is called that.", step: "Search for other letters." }}
        />
      </Card>
      <SideDrawer isOpen={open !== null} onClose={() => setOpen(null)} size="lg" title={open?.email ?? ""}>
        {open === null ? null : <CustomerDetail customerId={open.customer_id} />}
      </SideDrawer>
    </>
  );
}

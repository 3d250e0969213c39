import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { CouponRow, Rows } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

const kinds = [
  { value: "percent", label: "Per cent off" },
  { value: "amount", label: "Amount off" },
  { value: "shipping", label: "Free shipping" },
] as const;

/** Codes that make an order cheaper, with their uses; saving a code that is there changes it. */
export function CouponsCard() {
  const { format, shop } = useWorkspace();
  const mayChange = useMayChange();
  const change = useDeskChange();
  const coupons = useDesk<Rows<CouponRow>>("/desk/coupons");
  const major = 10 ** shop.currency_decimals;
  const [code, setCode] = useState("");
  const [kind, setKind] = useState<string>("percent");
  const [value, setValue] = useState<number | string>(10);
  const [least, setLeast] = useState<number | string>(0);
  const [uses, setUses] = useState<number | string>("");
  const [endsOn, setEndsOn] = useState("");
  const save = (): void =>
    void change.send(
      "PUT",
      `/desk/coupons/${encodeURIComponent(code.trim())}`,
      {
        kind,
        value: kind === "amount" ? Math.round(Number(value) * major) : kind === "percent" ? Number(value) : 0,
        least_subtotal_minor: Math.round(Number(least) * major),
        ...(uses === "" ? {} : { most_uses: Number(uses) }),
        ...(endsOn === "" ? {} : { ends_at: `${endsOn}T23:59:59Z` }),
      },
      () => `The coupon ${code.trim().toUpperCase()} is saved.`,
    );
  const worth = (row: CouponRow): string =>
    row.kind === "shipping" ? "Free shipping" : row.kind === "amount" ? format.money(row.value) : `${row.value} %`;
  return (
    <Card title="Coupons" subtitle="Off goods before shipping and tax; a code that is there is changed" size="full">
      {mayChange ? (
        <>
          <div className="desk-form">
            <TextInput
              label="Code"
              placeholder="3 to 40 letters, digits, -"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <Select
              label="Kind"
              data={kinds}
              allowDeselect={false}
              value={kind}
              onChange={(chosen) => setKind(chosen ?? "percent")}
            />
            {kind === "shipping" ? null : (
              <NumberInput
                label={kind === "percent" ? "Off, %" : `Off, ${shop.currency}`}
                min={0}
                {...(kind === "percent" ? { max: 100, allowDecimal: false } : { decimalScale: shop.currency_decimals })}
                value={value}
                onChange={setValue}
              />
            )}
            <NumberInput
              label={`Goods for at least, ${shop.currency}`}
              min={0}
              decimalScale={shop.currency_decimals}
              value={least}
              onChange={setLeast}
            />
            <NumberInput label="Most uses" min={1} allowDecimal={false} value={uses} onChange={setUses} />
            <TextInput
              label="Last day, UTC"
              type="date"
              value={endsOn}
              onChange={(event) => setEndsOn(event.currentTarget.value)}
            />
            <Button loading={change.isBusy} disabled={code.trim().length < 3 || value === ""} onClick={save}>
              Save the coupon
            </Button>
          </div>
          <Outcome of={change} />
        </>
      ) : null}
      <DeskTable
        name="Coupons"
        answer={coupons}
        keyOf={(row) => row.code}
        columns={[
          { label: "Code", show: (row) => row.code },
          { label: "Worth", show: worth },
          { label: "Goods from", isFigure: true, show: (row) => format.money(row.least_subtotal_minor) },
          { label: "Ends", show: (row) => (row.ends_at === null ? "never" : format.instant(row.ends_at)) },
          {
            label: "Used",
            isFigure: true,
            show: (row) =>
              `${format.count(row.use_count)}${row.most_uses === null ? "" : ` of ${format.count(row.most_uses)}`}`,
          },
        ]}
        empty={{ what: "There is no coupon.", step: "Save one, and shoppers can enter its code at the checkout." }}
      />
    </Card>
  );
}

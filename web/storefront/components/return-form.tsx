import { type FormEvent, useId, useState } from "react";
import type { Order } from "../shop-types.ts";
import { send } from "../store-api.ts";
import { useAction } from "../use-action.ts";
import { counted } from "../words.ts";
import { Quantity } from "./quantity.tsx";
import { Refusal } from "./refusal.tsx";

interface Props {
  readonly order: Order;
  readonly headers: Record<string, string>;
  readonly onDone: () => Promise<void>;
}

const reasons = [
  "It does not fit",
  "It looks different",
  "It is damaged",
  "I changed my mind",
  "Another reason",
] as const;

/** Which units go back, and why; some of an order, or all of it. */
export function ReturnForm({ order, headers, onDone }: Props) {
  const action = useAction();
  const id = useId();
  const [units, setUnits] = useState<Readonly<Record<number, number>>>({});
  const [reason, setReason] = useState<string>(reasons[0]);
  const [isOpen, setOpen] = useState(false);
  const open = order.lines
    .map((line) => ({ line, most: line.quantity - line.returned_quantity - line.requested_quantity }))
    .filter(({ most }) => most > 0);
  const items = open
    .map(({ line }) => ({ order_item_id: line.order_item_id, quantity: units[line.order_item_id] ?? 0 }))
    .filter((item) => item.quantity > 0);
  const count = items.reduce((sum, item) => sum + item.quantity, 0);
  if (open.length === 0) return null;
  if (!isOpen)
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Send something back
      </button>
    );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isSent = await action.run(async () => {
      await send("POST", `/orders/${order.order_id}/returns`, { items, reason }, headers);
      await onDone();
    });
    if (!isSent) return;
    setUnits({});
    setOpen(false);
  };
  return (
    <form className="form return-form" onSubmit={(event) => void submit(event)}>
      <h2>Send something back</h2>
      <ul className="plain">
        {open.map(({ line, most }) => (
          <li key={line.order_item_id} className="return-line">
            <span>
              {line.name} <span className="small muted">({counted(most, "unit")} can go back)</span>
            </span>
            <Quantity
              of={line.name}
              least={0}
              most={most}
              value={units[line.order_item_id] ?? 0}
              onChange={(value) => setUnits({ ...units, [line.order_item_id]: value })}
            />
          </li>
        ))}
      </ul>
      <div className="field">
        <label htmlFor={id}>Why?</label>
        <select id={id} value={reason} onChange={(event) => setReason(event.target.value)}>
          {reasons.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </div>
      <Refusal error={action.error} />
      <div className="actions">
        <button type="submit" className="button primary" disabled={action.isBusy || count === 0}>
          {count === 0 ? "Choose what goes back" : `Send back ${counted(count, "unit")}`}
        </button>
        <button type="button" className="button quiet" onClick={() => setOpen(false)}>
          Keep everything
        </button>
      </div>
    </form>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Page, PostalAddress, SavedAddress } from "../shop-types.ts";
import { get, send } from "../store-api.ts";
import { useAction } from "../use-action.ts";
import { AddressFields, emptyAddress } from "./address-fields.tsx";
import { Refusal } from "./refusal.tsx";

export const useAddresses = () =>
  useQuery({ queryKey: ["addresses"], queryFn: () => get<Page<SavedAddress>>("/addresses") });

/** The shopper's addresses; the first is offered at the checkout. */
export function Addresses() {
  const client = useQueryClient();
  const action = useAction();
  const addresses = useAddresses();
  const [draft, setDraft] = useState<PostalAddress | null>(null);
  const reload = () => client.invalidateQueries({ queryKey: ["addresses"] });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void action.run(async () => {
      await send("POST", "/addresses", { ...draft, is_default: addresses.data?.rows.length === 0 });
      await reload();
      setDraft(null);
    });
  };
  const remove = (id: number) => () =>
    void action.run(async () => {
      await send("DELETE", `/addresses/${id}`);
      await reload();
    });
  return (
    <section className="card form">
      <h2>Addresses</h2>
      <ul className="plain">
        {addresses.data?.rows.map((one) => (
          <li key={one.address_id} className="address-row">
            <span>
              {one.recipient}, {one.street}, {one.postal_code} {one.city}, {one.country}
            </span>
            <button type="button" className="link-button" disabled={action.isBusy} onClick={remove(one.address_id)}>
              Remove<span className="sr-only"> {one.street}</span>
            </button>
          </li>
        ))}
      </ul>
      <Refusal error={action.error} />
      {draft ? (
        <form className="form" onSubmit={submit}>
          <AddressFields value={draft} onChange={setDraft} />
          <div className="actions">
            <button type="submit" className="button primary" disabled={action.isBusy}>
              Save the address
            </button>
            <button type="button" className="button quiet" onClick={() => setDraft(null)}>
              Do not save
            </button>
          </div>
        </form>
      ) : (
        <button type="button" className="button" onClick={() => setDraft(emptyAddress)}>
          Add an address
        </button>
      )}
    </section>
  );
}

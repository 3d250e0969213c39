import { useId } from "react";
import { countries } from "../countries.ts";
import type { PostalAddress } from "../shop-types.ts";
import { Field } from "./field.tsx";

export const emptyAddress: PostalAddress = {
  recipient: "",
  street: "",
  city: "",
  region: "",
  postal_code: "",
  country: "GB",
};

interface Props {
  readonly value: PostalAddress;
  readonly onChange: (address: PostalAddress) => void;
}

/** An address; browsers fill it in by the names of the fields. */
export function AddressFields({ value, onChange }: Props) {
  const id = useId();
  const change = (part: keyof PostalAddress) => (text: string) => onChange({ ...value, [part]: text });
  return (
    <>
      <Field
        label="Full name"
        autoComplete="name"
        required
        maxLength={200}
        value={value.recipient}
        onChange={change("recipient")}
      />
      <Field
        label="Street and number"
        autoComplete="street-address"
        required
        maxLength={300}
        value={value.street}
        onChange={change("street")}
      />
      <div className="field-pair">
        <Field
          label="Postal code"
          autoComplete="postal-code"
          required
          maxLength={20}
          value={value.postal_code}
          onChange={change("postal_code")}
        />
        <Field
          label="Town"
          autoComplete="address-level2"
          required
          maxLength={120}
          value={value.city}
          onChange={change("city")}
        />
      </div>
      <Field
        label="County or region"
        autoComplete="address-level1"
        required={false}
        maxLength={120}
        value={value.region}
        onChange={change("region")}
      />
      <div className="field">
        <label htmlFor={id}>Country</label>
        <select
          id={id}
          autoComplete="country"
          value={value.country}
          onChange={(event) => change("country")(event.target.value)}
        >
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}

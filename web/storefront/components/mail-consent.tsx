interface Props {
  readonly value: boolean;
  readonly onChange: (accepts: boolean) => void;
  /** True before there is an account in which the answer stands. */
  readonly isNew?: boolean;
}

/** Whether the shopper agrees to mails that are not about an order; nobody has before they say so. */
export const MailConsent = ({ value, onChange, isNew = false }: Props) => (
  <label className="check">
    <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
    Write to me about a cart I left behind.{isNew ? " I can take this back in my account." : ""}
  </label>
);

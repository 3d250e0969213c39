interface Props {
  readonly value: boolean;
  readonly onChange: (accepts: boolean) => void;
}

/** Whether the shopper agrees to mails that are not about an order; nobody has before they say so. */
export const MailConsent = ({ value, onChange }: Props) => (
  <label className="check">
    <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
    Write to me about a cart I left behind. I can take this back in my account.
  </label>
);

import { type InputHTMLAttributes, useId } from "react";

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** Why the value cannot stay; shown below and read out with the field. */
  readonly problem?: string | null;
}

/** One line of a form, with its label above and its problem below. */
export function Field({ label, value, onChange, hint, problem, ...rest }: Props) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {rest.required === false ? <span className="muted"> (optional)</span> : null}
      </label>
      <input
        {...rest}
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
      />
      {note ? (
        <p id={`${id}-note`} className={problem ? "field-problem" : "small muted"}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

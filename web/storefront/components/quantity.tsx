import { IconMinus, IconPlus } from "@tabler/icons-react";

interface Props {
  readonly of: string;
  readonly value: number;
  readonly most: number;
  readonly least?: number;
  readonly isBusy?: boolean;
  readonly onChange: (value: number) => void;
}

/** A number of units with one button less and one more. */
export function Quantity({ of, value, most, least = 1, isBusy = false, onChange }: Props) {
  return (
    <fieldset className="quantity">
      <legend className="sr-only">Units of {of}</legend>
      <button
        type="button"
        aria-label={`One ${of} less`}
        disabled={isBusy || value <= least}
        onClick={() => onChange(value - 1)}
      >
        <IconMinus size={18} stroke={1.5} aria-hidden />
      </button>
      <output aria-live="polite">{value}</output>
      <button
        type="button"
        aria-label={`One ${of} more`}
        disabled={isBusy || value >= most}
        onClick={() => onChange(value + 1)}
      >
        <IconPlus size={18} stroke={1.5} aria-hidden />
      </button>
    </fieldset>
  );
}

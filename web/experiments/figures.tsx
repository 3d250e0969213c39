/** Figures in a row, each with its name and what it means. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="tiles">
      {figures.map(({ label, value, note }) => (
        <div className="tile" key={label}>
          <dt>{label}</dt>
          <dd className="tile-figure figure">{value}</dd>
          {note ? <dd className="muted small">{note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}

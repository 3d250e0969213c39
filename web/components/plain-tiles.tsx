interface Figure {
  readonly label: string;
  readonly figure: string;
  /** What it is over, or what of it; a tile without one is lower when none of them has one. */
  readonly note?: string;
}

interface Props {
  readonly figures: readonly Figure[];
  /** True when a change must be told to who cannot see it. */
  readonly isLive?: boolean;
}

/** Figures that no analysis declares, in the shape of key figures. */
export const PlainTiles = ({ figures, isLive = false }: Props) => (
  <dl className="tiles" aria-live={isLive ? "polite" : undefined}>
    {figures.map(({ label, figure, note }) => (
      <div key={label} className="tile">
        <dt>{label}</dt>
        <dd className="tile-figure">{figure}</dd>
        {note === undefined ? null : <dd className="tile-change muted">{note}</dd>}
      </div>
    ))}
  </dl>
);

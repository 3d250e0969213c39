import { useId } from "react";
import type { Format } from "../format.ts";

const width = 600;
const height = 120;

interface Props {
  /** Accepted events of each of the last seconds, oldest first. */
  readonly counts: readonly number[];
  readonly format: Format;
}

/** One bar for each five seconds; bars start at zero, and the highest is labelled. */
export function RateChart({ counts, format }: Props) {
  const id = useId();
  const rates = ratesOf(counts);
  const most = Math.max(...rates, 0);
  const step = width / 60;
  const words = `Events a second over the last ${spanText(counts.length)}: at most ${format.count(most)}, ${format.count(rates.at(-1) ?? 0)} in the last five seconds.`;
  return (
    <figure className="live-rate" aria-labelledby={id}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <line
          x1="0"
          x2={width}
          y1={height - 0.5}
          y2={height - 0.5}
          className="live-axis"
          vectorEffect="non-scaling-stroke"
        />
        {rates.map((rate, index) => {
          const tall = most === 0 ? 0 : (rate / most) * (height - 4);
          const at = width - (rates.length - index) * step;
          return <rect key={at} x={at + 1} y={height - tall} width={step - 2} height={tall} className="live-bar" />;
        })}
      </svg>
      <figcaption id={id} className="muted">
        {words}
      </figcaption>
    </figure>
  );
}

/** Means over five seconds, oldest first. */
export function ratesOf(counts: readonly number[]): readonly number[] {
  const first = counts.length % 5;
  return Array.from({ length: Math.floor(counts.length / 5) }, (_, index) => {
    const five = counts.slice(first + index * 5, first + index * 5 + 5);
    return five.reduce((sum, count) => sum + count, 0) / 5;
  });
}

/** "45 seconds", "5 minutes". */
export function spanText(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}

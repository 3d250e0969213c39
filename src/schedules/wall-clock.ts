/** What a clock on a wall shows, as an instant and back. A wall-clock time is written as the instant at which a clock in UTC shows it. */

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const part = "numeric";
  const fields = { year: part, month: part, day: part, hour: part, minute: part, second: part } as const;
  const made = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...fields });
  formats.set(timeZone, made);
  return made;
}

/** Milliseconds by which clocks of a zone are ahead of UTC at an instant; zones count in whole seconds. */
export function offsetAt(instant: number, timeZone: string): number {
  const second = Math.floor(instant / 1000) * 1000;
  const shown = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(second)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second: seconds } = shown;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(seconds)) - second;
}

/** The offsets before and after a change of clocks near a wall-clock time; twice the same where there is none. */
export const offsetsAround = (wall: number, timeZone: string): readonly [before: number, after: number] => [
  offsetAt(wall - dayMs, timeZone),
  offsetAt(wall + dayMs, timeZone),
];

export interface Shown {
  /** Instants at which clocks show the time, ascending: none where it is skipped, two where it comes twice. */
  readonly instants: readonly number[];
  /** Where it is skipped: the instant by the offset before the change, as RFC 5545 has it. */
  readonly skippedAs: number;
}

/** When clocks of a zone show a wall-clock time. Of zones that change twice within two days this knows one change. */
export function whenShown(wall: number, timeZone: string): Shown {
  const [before, after] = offsetsAround(wall, timeZone);
  const candidates = before === after ? [wall - before] : [wall - before, wall - after];
  const instants = candidates.filter((instant) => instant + offsetAt(instant, timeZone) === wall);
  return { instants: instants.toSorted((one, other) => one - other), skippedAs: wall - before };
}

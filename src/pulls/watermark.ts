/** Watermarks are texts of numbers or times; what can be told of them without knowing the source. */

const milliseconds = (text: string): number => {
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  const time = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/.exec(text);
  if (!time) return Number.NaN;
  const zone = time[3] === undefined || time[3] === "UTC" ? "Z" : time[3].length === 3 ? `${time[3]}:00` : time[3];
  return Date.parse(`${time[1]}T${time[2]}${zone}`);
};

/**
 * A watermark some seconds earlier, written as it was; a time without a zone is read as UTC. What is no time stays as it is:
 * ids have no seconds.
 */
export function earlier(watermark: string, seconds: number): string {
  const at = milliseconds(watermark);
  if (seconds === 0 || Number.isNaN(at)) return watermark;
  const moved = Math.floor(at - seconds * 1000);
  if (/^\d+$/.test(watermark)) return String(watermark.length === 10 ? Math.floor(moved / 1000) : moved);
  const whole = new Date(moved).toISOString();
  const iso = watermark.includes(".") ? whole : whole.replace(/\.\d+Z$/, "Z");
  const text = watermark.includes("T") ? iso : iso.replace("T", " ");
  return /(Z|UTC|[+-]\d\d(:?\d\d)?)$/.test(watermark) ? text : text.slice(0, -1);
}

/** The later of two watermarks: by number, by time, else as texts. */
export function later(a: string | null, b: string): string {
  if (a === null) return b;
  if (/^-?\d+$/.test(a) && /^-?\d+$/.test(b)) return BigInt(b) >= BigInt(a) ? b : a;
  const [timeA, timeB] = [milliseconds(a), milliseconds(b)];
  if (!Number.isNaN(timeA) && !Number.isNaN(timeB) && timeA !== timeB) return timeB > timeA ? b : a;
  return b >= a ? b : a;
}

/** Whether a row of this watermark may be seen again when rows are asked for from the newest one on. */
export function isWithin(watermark: string, newest: string, overlapSeconds: number): boolean {
  if (watermark === newest) return true;
  const [at, last] = [milliseconds(watermark), milliseconds(newest)];
  if (overlapSeconds === 0) return false;
  return Number.isNaN(at) || Number.isNaN(last) || last - at <= (overlapSeconds + 1) * 1000;
}

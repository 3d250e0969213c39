/** What buy-till-you-die models know of a customer. */
export interface PurchaseHistory {
  /** Repeat purchases: days with a purchase after the first. */
  readonly x: number;
  /** Time of the last purchase, counted from the first; 0 without a repeat. */
  readonly tx: number;
  /** Time from the first purchase to the end of observation, in the same unit. */
  readonly T: number;
}

/** Equal histories counted once: shops have few different ones beside their many customers. */
export interface CountedHistory extends PurchaseHistory {
  readonly customerCount: number;
}

/** Counts equal histories, in the order of their first customer. */
export function countHistories(histories: readonly PurchaseHistory[]): readonly CountedHistory[] {
  const counts = new Map<string, PurchaseHistory & { customerCount: number }>();
  for (const { x, tx, T } of histories) {
    const key = `${x} ${tx} ${T}`;
    const known = counts.get(key);
    if (known) known.customerCount += 1;
    else counts.set(key, { x, tx, T, customerCount: 1 });
  }
  return [...counts.values()];
}

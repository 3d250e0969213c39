/** The reader's clock: the only place of the dashboard that reads the time. */
export const now = (): number => Date.now();

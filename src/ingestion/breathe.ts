/** Rows a loop may take before whatever else the process has to do gets its turn: about 15 ms of work. */
export const rowsAtATime = 5000;

/** Lets the event loop go round once: a server that imports goes on answering. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The server's log: one file that gives way to a new one when it is large, so that a server left running fills no disk. */
import { renameSync, statSync } from "node:fs";
import pino from "pino";

export interface LogBounds {
  /** A file of this size gives way. */
  readonly bytes: number;
  /** Earlier files that are kept: `server.log.1` is the newest of them. */
  readonly earlier: number;
}

const defaultBounds: LogBounds = { bytes: 32 * 1024 * 1024, earlier: 7 };
const lookEveryMs = 10_000;

export interface LogFile {
  readonly stream: pino.DestinationStream;
  /** Begins a new file when the present one is large; done every ten seconds by itself. */
  readonly rotate: () => void;
  /** Rotates no more; lines are still taken, as what ends after the server may have some. */
  readonly stop: () => void;
}

export function openLogFile(path: string, bounds: LogBounds = defaultBounds): LogFile {
  const stream = pino.destination({ dest: path, sync: true, mkdir: true });
  // A log that cannot be written, as on a full disk, is no reason to end; it goes on once it can.
  stream.on("error", () => {});
  const rotate = (): void => {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < bounds.bytes) return;
    for (let number = bounds.earlier; number > 0; number -= 1) {
      const from = number === 1 ? path : `${path}.${number - 1}`;
      if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${path}.${number}`);
    }
    stream.reopen();
  };
  const timer = setInterval(() => {
    try {
      rotate();
    } catch {
      // As on a full disk: tried again in ten seconds.
    }
  }, lookEveryMs);
  timer.unref();
  return {
    stream,
    rotate,
    stop: () => clearInterval(timer),
  };
}

/** The address of a server on this machine. */
import { CartwrightError } from "../errors.ts";

const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);

/**
 * The origin of an address such as `http://localhost:4000`.
 *
 * @throws invalid_parameter for any other machine: made-up shoppers order, and a real shop would count them
 */
export function loopbackOrigin(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url && (url.protocol === "http:" || url.protocol === "https:") && isLoopback(url.hostname)) return url.origin;
  throw new CartwrightError(
    "invalid_parameter",
    `--address must be a server on this machine, such as http://localhost:4000, got "${address}": simulated shoppers buy, and are never sent to a shop elsewhere`,
    { name: "address" },
  );
}

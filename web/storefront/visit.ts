/** The visit: a random name that lasts while the tab is in use, and ends after half an hour of silence. */
const place = "cartwright-visit";
const longestSilence = 30 * 60 * 1000;

/** Random text of 32 letters; works where `crypto.randomUUID` is not given, on plain HTTP in a local network. */
export const randomText = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The visit's id. It is kept in the tab and sent with changes; the server logs it only for shoppers who have agreed. */
export function visitId(): string {
  const now = Date.now();
  const [id, at] = (sessionStorage.getItem(place) ?? "").split(" ");
  const isCurrent = id !== undefined && id !== "" && now - Number(at) < longestSilence;
  const current = isCurrent ? id : randomText();
  sessionStorage.setItem(place, `${current} ${now}`);
  return current;
}

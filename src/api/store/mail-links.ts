/** Links in mails that prove an address or set a new password. Only the mail holds the secret; the store keeps its hash. */
import type { Store } from "../../store/store.ts";
import type { StoreServices } from "./services.ts";
import { hashOf, newSecret } from "./shopper-session.ts";

const kinds = {
  verify: {
    minutes: 3 * 24 * 60,
    subject: "Please confirm your e-mail address",
    words: "Open this link within three days to confirm your address. If you did not ask for it, do nothing.",
  },
  reset: {
    minutes: 60,
    subject: "A new password",
    words: "Open this link within the hour to choose a new password. If you did not ask for it, do nothing.",
  },
} as const;

/** Mails a link to the registered customer of an address; to anyone else, nothing. */
export async function sendLink(
  services: StoreServices,
  store: Store,
  email: string,
  purpose: keyof typeof kinds,
): Promise<void> {
  const { minutes, subject, words } = kinds[purpose];
  const secret = newSecret();
  const customerId = await store.issueMailToken(email, purpose, hashOf(secret), minutes);
  if (customerId === null) return;
  const link = `${services.address}/shop/${purpose}?token=${secret}`;
  // The answer must neither wait for the mail server nor tell by its time that the address is known; a lost mail is asked for again.
  void services.mailer.send({ to: email.trim().toLowerCase(), subject, body: `${words}\n\n${link}` }).catch(() => {});
}

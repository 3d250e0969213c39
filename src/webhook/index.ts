/** Sending to an address of the settings: signed, with an id by which a repetition is known. */
import { createHmac } from "node:crypto";

/** Where something is sent, and the key it is signed with. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
  /** Named in words when the secret is missing. */
  readonly secretName: string;
}

const timeoutMs = 10_000;

/** `sha256=` and the hexadecimal HMAC-SHA256 of timestamp, a dot and the body. */
export const signature = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;

/** Null when it was taken, else why not. Redirects are not followed, and the answer's body is not read. */
export async function post(webhook: Webhook, id: string, body: string, timestamp: string): Promise<string | null> {
  if (webhook.secret === "") return `${webhook.secretName} is not set, and nothing is sent unsigned`;
  try {
    const answer = await fetch(webhook.url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        "content-type": "application/json",
        "idempotency-key": id,
        "x-cartwright-timestamp": timestamp,
        "x-cartwright-signature": signature(webhook.secret, timestamp, body),
      },
      body,
    });
    await answer.body?.cancel();
    return answer.ok ? null : `the webhook answered ${answer.status}`;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return `the webhook did not answer: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

/** Sends the mails that wait in the store. */
import type { Querying } from "../connection.ts";
import { runQuery } from "../query.ts";
import { createStore } from "../store.ts";
import type { Mailer } from "./mailer.ts";
import { writeMail } from "./write-mail.ts";

/**
 * Hands over what waits, the oldest first, at most `most`; returns how many. A mail is marked after it has been handed over:
 * killed in between, it is sent twice rather than never.
 */
export async function sendWaitingMails(connection: Querying, mailer: Mailer, most = 100): Promise<number> {
  const store = createStore(connection);
  let sent = 0;
  for (const row of await runQuery(connection, "unsent-mails", { most })) {
    await mailer.send(writeMail(row));
    await store.confirmMail(Number(row.mail_id));
    sent += 1;
  }
  return sent;
}

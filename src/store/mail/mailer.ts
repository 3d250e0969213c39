/** Where the shop's mails go: a folder of the workspace, or a mail server. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Clock } from "../../clock.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  readonly attachment?: Attachment;
}

/** A file that goes with a mail. */
export interface Attachment {
  /** Its name, as `report-2026-11-29.html`. */
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Hands one mail over; rejects when it could not be, so that it is tried again. */
export interface Mailer {
  readonly send: (mail: Mail) => Promise<void>;
}

/** Writes each mail into a folder as a file of its own, an attachment beside it, named by time and order: for development, and to look at. */
export function folderMailer(folder: string, clock: Clock): Mailer {
  let count = 0;
  return {
    send: async ({ to, subject, body, attachment }) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      count += 1;
      const name = `${new Date(clock.now()).toISOString().replaceAll(":", "-")}-${String(count).padStart(6, "0")}`;
      const text = `To: ${oneLine(to)}\nSubject: ${oneLine(subject)}\n\n${body}\n`;
      writeFileSync(join(folder, `${name}.txt`), text, { mode: 0o600 });
      if (attachment) writeFileSync(join(folder, `${name}-${attachment.name}`), attachment.text, { mode: 0o600 });
    },
  };
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, " ");

/**
 * Sends by SMTP.
 *
 * @param url `smtps://user:password@host:port`, or `smtp://` for a server that offers STARTTLS
 * @param from the shop's address
 */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url, { from });
  return {
    send: async ({ to, subject, body, attachment }) => {
      const attachments = attachment
        ? [{ filename: attachment.name, contentType: attachment.type, content: attachment.text }]
        : [];
      await transport.sendMail({ to: { name: "", address: to }, subject, text: body, attachments });
    },
  };
}

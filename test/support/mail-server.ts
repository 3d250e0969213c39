/** A mail server that keeps what it is sent: SMTP as far as a plain delivery needs it. */
import { createServer, type Socket } from "node:net";

export interface ReceivedMail {
  readonly to: readonly string[];
  /** Head and body as they came over the wire, dots of transparency taken away. */
  readonly raw: string;
}

export interface MailServer {
  readonly url: string;
  readonly received: ReceivedMail[];
  /** Addresses that are refused. */
  readonly refused: Set<string>;
  readonly close: () => Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const refused = new Set<string>();
  const serve = (socket: Socket): void => {
    let [waiting, text] = ["", ""];
    let to: string[] = [];
    let isBody = false;
    const answer = (line: string): void => {
      socket.write(`${line}\r\n`);
    };
    const takeText = (line: string): void => {
      if (line !== ".") {
        text += `${line.replace(/^\./, "")}\r\n`;
        return;
      }
      received.push({ to, raw: text });
      [to, text, isBody] = [[], "", false];
      answer("250 kept");
    };
    const takeCommand = (line: string): void => {
      const address = /^RCPT TO:<(.+?)>/i.exec(line)?.[1];
      const isRefused = address !== undefined && refused.has(address);
      if (address !== undefined && !isRefused) to.push(address);
      isBody = /^DATA/i.test(line);
      answer(isRefused ? `550 no mailbox ${address}` : isBody ? "354 go on" : "250 ok");
    };
    answer("220 test");
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      const lines = `${waiting}${chunk.toString("latin1")}`.split("\r\n");
      waiting = lines.pop() ?? "";
      for (const line of lines) (isBody ? takeText : takeCommand)(line);
    });
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refused,
    close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

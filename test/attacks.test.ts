/** Attacks that reach over the network or in a file, each with what it is met with. Further ones stand where their part is tested: see docs/security-asvs.md. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvField, csvLine } from "../src/analyses/export.ts";
import { Credentials } from "../src/api/credentials.ts";
import { type Role, roles } from "../src/api/role.ts";
import { createServer } from "../src/api/server.ts";
import { openFile } from "../src/ingestion/open-file.ts";
import { cutChunks, longestRecord } from "../src/ingestion/records.ts";
import { requireUnzipped } from "../src/ingestion/unzipped-size.ts";
import { folderMailer, smtpMailer } from "../src/store/mail/mailer.ts";
import { exportTable } from "../src/warehouse/export-table.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

const folder = mkdtempSync(join(tmpdir(), "cartwright-attacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const formulas = ["=HYPERLINK(1)", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1"];

interface Served {
  readonly shop: TestShop;
  readonly server: FastifyInstance;
  readonly credentials: Credentials;
  readonly bearer: (role: Role) => { authorization: string };
  readonly close: () => Promise<void>;
}

async function serve(settings: Parameters<typeof openTestShop>[0] = {}): Promise<Served> {
  const shop = await openTestShop(settings);
  const secrets = mkdtempSync(join(folder, "secrets-"));
  const credentials = new Credentials(secrets, fixedClock());
  const server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
  await server.listen({ port: 0, host: "127.0.0.1" });
  return {
    shop,
    server,
    credentials,
    bearer: (role) => ({ authorization: `Bearer ${credentials.createToken({ name: role, role }).secret}` }),
    close: async () => {
      await server.close();
      await shop.close();
    },
  };
}

describe("a formula in a text", () => {
  it("is defused in every line of CSV, while numbers stay numbers", () => {
    for (const formula of formulas) expect(csvField(formula).replace(/^"/, ""), formula).toMatch(/^'/);
    expect(csvLine([-12.5, "-12.5", "a=b", null])).toBe("-12.5,-12.5,a=b,\r\n");
  });

  it("is defused in a table's CSV, and as it is in its other forms", async () => {
    const shop = await openTestShop();
    for (const [at, name] of formulas.entries())
      await shop.workspace.warehouse.command(
        "insert into dim_product (product_key, product_id, product_name) values ({key:UInt64}, {id:String}, {name:String})",
        { bindings: { key: at + 1, id: `kettle-${at}`, name } },
      );
    const [csv = ""] = await exportTable(shop.workspace.warehouse, {
      table: "dim_product",
      format: "csv",
      partitionBy: "none",
      out: join(folder, "tables"),
    });
    const text = readFileSync(csv, "utf8");
    expect(text).toContain("'=HYPERLINK(1)");
    expect(text).not.toMatch(/(^|,)"?[=+@\t-][^\d,"]/m);
    const [json = ""] = await exportTable(shop.workspace.warehouse, {
      table: "dim_product",
      format: "ndjson",
      partitionBy: "none",
      out: join(folder, "tables"),
    });
    expect(readFileSync(json, "utf8")).toContain('"=HYPERLINK(1)"');
    await shop.close();
  }, 60_000);
});

describe("a file that unpacks without an end", () => {
  const written = (name: string, content: Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  /** What reading a file to its end says; it is never whole in memory. */
  async function reading(path: string): Promise<string> {
    try {
      const opened = await openFile(path, {});
      return `opened as ${opened.format}`;
    } catch (error) {
      return `${(error as { code?: string }).code}: ${(error as Error).message}`;
    }
  }

  it("is refused as a packed table out of all proportion: gzip", async () => {
    const { readBytes, inspect } = await import("../src/ingestion/read-bytes.ts");
    const { createHash } = await import("node:crypto");
    const line = Buffer.from("2026-01-01,view,1\n".repeat(60_000));
    const bomb = written("bomb.csv.gz", Buffer.concat(Array.from({ length: 300 }, () => gzipSync(line))));
    const source = await inspect(bomb, "utf-8");
    const read = async () => {
      let bytes = 0;
      for await (const block of readBytes(source, { bytesRead: 0, hash: createHash("sha256") })) bytes += block.length;
      return bytes;
    };
    await expect(read()).rejects.toMatchObject({
      code: "file_unreadable",
      message: expect.stringMatching(/200 times/),
    });
  });

  it("is refused as a workbook, by what it says of its size and by what it unpacks to", async () => {
    const sheet = Buffer.alloc(3_000_000, 32);
    const archive = Buffer.from(zipSync({ "xl/worksheets/sheet1.xml": sheet }));
    await expect(requireUnzipped(archive, 1_000_000)).rejects.toThrow(/more than 1000000 bytes/);
    await expect(requireUnzipped(archive, 4_000_000)).resolves.toBeUndefined();
    const lie = Buffer.from(archive);
    const central = lie.indexOf(Buffer.from("504b0102", "hex"));
    lie.writeUInt32LE(10, central + 24);
    await expect(requireUnzipped(lie, 1_000_000)).rejects.toThrow(/too many bytes|size/);
    expect(await reading(written("lie.xlsx", lie))).toMatch(/^file_unreadable/);
  });

  it("is refused as one row that goes on and on", async () => {
    async function* endless() {
      for (let sent = 0; sent <= 2 * longestRecord; sent += 8_000_000) yield Buffer.alloc(8_000_000, "a");
    }
    const read = async () => {
      for await (const _ of cutChunks(endless(), ",", 8_000_000));
    };
    await expect(read()).rejects.toMatchObject({
      code: "file_unreadable",
      message: expect.stringMatching(/without an end/),
    });
  });
});

describe("a request", () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
  }, 60_000);
  afterAll(async () => await served?.close());

  /** Bytes sent as they are; what comes back until the connection ends. */
  async function raw(text: string): Promise<string> {
    const at = served.server.addresses()[0];
    const socket = connect(typeof at === "object" ? (at?.port ?? 0) : 0, "127.0.0.1");
    socket.end(text);
    let answer = "";
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  }

  it("for a path that leaves its folder gets no file, however it is written", async () => {
    const secret = readFileSync(join(served.shop.folder, "cartwright.json"), "utf8").slice(0, 40);
    const ways = [
      "../",
      "..%2f",
      "%2e%2e/",
      "%2e%2e%2f",
      "..%5c",
      "..\\",
      "....//",
      "%252e%252e%252f",
      "..;/",
      "%c0%ae%c0%ae/",
    ];
    const roots = [
      "/",
      "/assets/",
      "/shop/",
      "/shop/assets/",
      "/docs/static/",
      "/api/v1/analyses/",
      "/api/v1/segments/",
      "/api/v1/models/",
    ];
    for (const base of roots) {
      for (const way of ways) {
        for (const target of ["cartwright.json", "etc/passwd", "package.json"]) {
          const answer = await raw(
            `GET ${base}${way.repeat(6)}${target} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${served.bearer("admin").authorization}\r\nconnection: close\r\n\r\n`,
          );
          expect(answer, `${base}${way}`).not.toMatch(/^HTTP\/1\.1 2/);
          expect(answer).not.toContain(secret);
          expect(answer).not.toMatch(/root:.*:0:0|"lockfileVersion"|"devDependencies"/);
        }
      }
    }
  }, 120_000);

  it("for an own analysis, a backup or an upload by a name that is a path finds none of it", async () => {
    mkdirSync(join(served.shop.folder, "analyses"), { recursive: true });
    writeFileSync(join(served.shop.folder, "outside.json"), "{}");
    const headers = served.bearer("admin");
    for (const name of ["..%2foutside", "%2fetc%2fpasswd", "..%5coutside", "outside%00"]) {
      const own = await served.server.inject({ url: `/api/v1/analyses/${name}`, headers });
      expect([name, own.statusCode]).toEqual([name, 404]);
      const dump = await served.server.inject({
        method: "POST",
        url: "/api/v1/backups/store",
        headers,
        payload: { backup: decodeURIComponent(name) },
      });
      expect([name, dump.statusCode]).toEqual([name, 400]);
    }
  });

  it("is taken for that of its connection and of its Host, whatever X-Forwarded-* says", async () => {
    const forged = { "x-forwarded-host": "localhost", "x-forwarded-proto": "https", forwarded: "host=localhost" };
    const other = await served.server.inject({ url: "/health", headers: { ...forged, host: "evil.example" } });
    expect(other.statusCode).toBe(403);
    const origin = await served.server.inject({
      method: "POST",
      url: "/sign-out",
      headers: { ...forged, host: "localhost", origin: "http://evil.example", "x-forwarded-host": "evil.example" },
    });
    expect(origin.statusCode).toBe(403);
    // Guessing is counted by the address of the connection: another X-Forwarded-For each time is the same guesser.
    const statuses: number[] = [];
    for (let guess = 0; guess < 40; guess += 1) {
      const answer = await served.server.inject({
        method: "POST",
        url: "/sign-in",
        remoteAddress: "10.7.0.1",
        headers: {
          host: "localhost",
          "x-forwarded-for": `203.0.113.${guess}`,
          "x-real-ip": `203.0.113.${guess}`,
          "content-type": "application/x-www-form-urlencoded",
        },
        payload: `email=nobody${guess}%40example.com&password=a+wrong+password`,
      });
      statuses.push(answer.statusCode);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
  }, 60_000);

  it("cannot put a header into an answer: names, addresses to go to, origins, ids", async () => {
    const evil = "%0d%0ax-injected:%20yes";
    const headers = served.bearer("admin");
    for (const url of [
      `/api/v1/analyses/kpi-summary${evil}?format=csv`,
      `/api/v1/analyses/kpi-summary?format=csv${evil}`,
      `/api/v1/segments/a${evil}/customers?format=csv`,
      `/overview${evil}`,
      "/overview%zz",
      `/overview?to=${evil}`,
      `/sign-in?to=${evil}`,
    ]) {
      const answer = await served.server.inject({ url, headers });
      expect(answer.headers["x-injected"], url).toBeUndefined();
      expect(answer.headers["x-content-type-options"], url).toBe("nosniff");
      expect(answer.statusCode, url).toBeLessThan(500);
    }
    const answer = await raw(
      `POST /v1/track HTTP/1.1\r\nhost: localhost\r\norigin: http://localhost\r\n x-injected: yes\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).not.toMatch(/^x-injected/im);
  });

  it("of two lengths, or of none that is HTTP, is refused as a whole and its connection ended", async () => {
    const smuggled = await raw(
      "POST /sign-out HTTP/1.1\r\nhost: localhost\r\ncontent-length: 44\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nhost: localhost\r\n\r\n",
    );
    expect(smuggled.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 400"]);
    expect(smuggled).toContain("application/problem+json");
    expect(await raw("\x16\x03\x01\x02\x00\x01\x00")).toContain('"code":"invalid_parameter"');
    expect(await raw("TRACE / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 (400|401|404|405)/,
    );
  });

  it("that gives one value twice is told so, on every route that takes a single value", async () => {
    const headers = served.bearer("admin");
    for (const url of ["/api/v1/filters/country?search=a&search=b", "/api/v1/experiments/bandit?rates=1&rates=2"]) {
      const answer = await served.server.inject({ url, headers });
      expect([url, answer.json().code]).toEqual([url, "invalid_parameter"]);
    }
  });

  it("cannot reach into the objects of the server by the names __proto__ and constructor", async () => {
    const headers = { ...served.bearer("viewer"), "content-type": "application/json" };
    for (const payload of ['{"__proto__":{"role":"admin"}}', '{"constructor":{"prototype":{"role":"admin"}}}']) {
      const answer = await served.server.inject({ method: "POST", url: "/api/v1/viewpoint", headers, payload });
      expect(answer.statusCode).toBe(400);
    }
    expect(({} as { role?: string }).role).toBeUndefined();
    const shown = await served.server.inject({ url: "/api/v1/session", headers: served.bearer("viewer") });
    expect(roles.indexOf(shown.json().user.role)).toBe(0);
  });
});

describe("a mail", () => {
  const evil = {
    to: "ada@example.com\r\nBcc: eve@example.com",
    subject: "Hello\r\nBcc: eve@example.com\r\n\r\nBody",
    body: "x",
  };

  it("has no further header out of an address or a subject, in a folder", async () => {
    const at = join(folder, "mail");
    await folderMailer(at, fixedClock()).send(evil);
    const [head = ""] = readFileSync(join(at, readdirSync(at)[0] ?? ""), "utf8").split("\n\n");
    expect(head.split("\n").map((line) => line.split(":")[0])).toEqual(["To", "Subject"]);
  });

  it("nor over SMTP: what the mail server is told is one recipient and one line of subject", async () => {
    const { createServer: listen } = await import("node:net");
    let heard = "";
    const smtp = listen((socket) => {
      let isData = false;
      socket.write("220 test ESMTP\r\n");
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        const text = String(chunk);
        heard += text;
        const isEnd = isData && text.endsWith("\r\n.\r\n");
        if (isData && !isEnd) return;
        isData = !isEnd && /^DATA/im.test(text);
        socket.write(isData ? "354 go\r\n" : "250 ok\r\n");
      });
    });
    const port = await new Promise<number>((resolve) => {
      smtp.listen(0, "127.0.0.1", () => resolve((smtp.address() as { port: number }).port));
    });
    await smtpMailer(`smtp://127.0.0.1:${port}`, "shop@example.com")
      .send(evil)
      .catch(() => {});
    smtp.close();
    expect(heard).not.toMatch(/^Bcc:/im);
    expect(heard.match(/^RCPT TO:/gim)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(heard).not.toMatch(/RCPT TO:<eve@/i);
  });
});

describe("behind HTTPS alone", () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({ server: { host: "127.0.0.1", port: 0, allowed_hosts: [], https: true } });
  }, 60_000);
  afterAll(async () => await served?.close());

  it("every cookie is Secure and named so, one that is not is nobody's, and browsers are told to stay", async () => {
    const link = served.credentials.createLink({ name: "owner", role: "admin" });
    const signedIn = await served.server.inject({ url: `/sign-in?token=${link}` });
    const cookies = [signedIn.headers["set-cookie"] ?? []].flat();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Secure-/);
      expect(cookie).toMatch(/; Secure/);
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Strict/);
    }
    expect(signedIn.headers["strict-transport-security"]).toBe("max-age=31536000");
    const cookie = cookies.map((one) => one.split(";")[0]).join("; ");
    const ask = async (sent: string) =>
      (await served.server.inject({ url: "/api/v1/session", headers: { cookie: sent } })).statusCode;
    expect(await ask(cookie)).toBe(200);
    expect(await ask(cookie.replaceAll("__Secure-", ""))).toBe(401);
  });
});

/** A real cluster: several embedded engines on loopback that know each other over the native protocol, each with a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { clusterNames, localDatabaseName } from "../../src/warehouse/cluster.ts";
import { engineConfigXml, engineUsersXml } from "../../src/warehouse/engine-config.ts";
import { freePort } from "./free-port.ts";

const childScript = fileURLToPath(new URL("../../src/warehouse/engine-child.js", import.meta.url));
const secrets = { appPassword: "app-of-the-test", readerPassword: "reader-of-the-test" };
const limits = { maxMemoryBytes: 2 ** 31 };
const keepListening =
  "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT sum(sleepEachRow(1)) FROM numbers(1000000000) " +
  "SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0";

/** What a server's own configuration says of the nodes, as docs/guides/cluster.md has it. */
function remoteServersXml(tcpPorts: readonly number[]): string {
  const replicas = tcpPorts.map(
    (port) =>
      `<replica><host>127.0.0.1</host><port>${port}</port><default_database>${localDatabaseName}</default_database><user>app</user><password>${secrets.appPassword}</password></replica>`,
  );
  const shards = replicas.map((replica) => `<shard>${replica}</shard>`).join("");
  const copies = `<shard><internal_replication>false</internal_replication>${replicas.join("")}</shard>`;
  return `<remote_servers>
    <${clusterNames.divided}>${shards}</${clusterNames.divided}>
    <${clusterNames.copied}>${copies}</${clusterNames.copied}>
  </remote_servers>`;
}

/**
 * A way to a port that ends every connection in order. The embedded engine ends itself when a connection between nodes is
 * reset, as it is when an answer is not read to its end; a ClickHouse server does not. So what is left of an answer is read here.
 */
async function orderlyWayTo(port: number): Promise<Server> {
  const sockets = new Set<Socket>();
  const way = createServer({ allowHalfOpen: true }, (from) => {
    const to = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    for (const socket of [from, to]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    }
    from.on("data", (bytes) => to.write(bytes));
    from.on("end", () => to.end());
    from.on("error", () => to.end());
    to.on("data", (bytes) => {
      if (!from.destroyed) from.write(bytes);
    });
    to.on("end", () => from.end());
    to.on("error", () => from.destroy());
    to.on("close", () => from.destroySoon());
  });
  way.on("close", () => {
    for (const socket of sockets) socket.destroy();
  });
  way.listen(0, "127.0.0.1");
  await once(way, "listening");
  return way;
}

const portOf = (way: Server): number => (way.address() as AddressInfo).port;

interface Node {
  readonly url: string;
  /** Tells it of the nodes there are; it knows when it starts next. */
  readonly configure: (remoteServers: string) => void;
  readonly start: () => Promise<void>;
  /** Ends it at once, as a machine does that loses power. */
  readonly kill: () => Promise<void>;
}

function nodeOf(folder: string, httpPort: number, tcpPort: number): Node {
  mkdirSync(folder, { recursive: true });
  const [users, config, data] = ["users.xml", "config.xml", "data"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  // As docs/guides/cluster.md has it where nodes may be left out.
  const changeable =
    "<constraints><skip_unavailable_shards><changeable_in_readonly/></skip_unavailable_shards></constraints>";
  writeFileSync(users, engineUsersXml(secrets, limits).replace("<readonly>1</readonly>", `$&${changeable}`));
  // Of a replicated warehouse they would be replicas of one shard; no other warehouse asks for it.
  const macros = `<macros><shard>01</shard><replica>${httpPort}</replica></macros>`;
  const url = `http://127.0.0.1:${httpPort}`;
  let child: ChildProcess | null = null;
  return {
    url,
    configure: (remoteServers) => {
      const own = `${remoteServers}${macros}<tcp_port>${tcpPort}</tcp_port></clickhouse>`;
      writeFileSync(config, engineConfigXml({ users, backups: join(folder, "backups") }).replace("</clickhouse>", own));
    },
    start: async () => {
      const ports = ["--http_port", String(httpPort), "--tcp_port", String(tcpPort), "--listen_host=127.0.0.1"];
      const args = ["--path", data, "--config-file", config, ...ports, "--query", keepListening];
      child = spawn(process.execPath, [childScript, ...args], { stdio: ["pipe", "ignore", "inherit"] });
      for (let waited = 0; waited < 30_000; waited += 50) {
        const headers = { "X-ClickHouse-User": "app", "X-ClickHouse-Key": secrets.appPassword };
        const answer = await fetch(`${url}/?query=select%201`, { headers }).catch(() => null);
        if (answer?.ok) return;
        await sleep(50);
      }
      throw new Error(`${url} did not start`);
    },
    kill: async () => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** Environment variables with the passwords, which the settings name. */
const environment = { CARTWRIGHT_TEST_APP: secrets.appPassword, CARTWRIGHT_TEST_READER: secrets.readerPassword };

interface ClusterSettings {
  readonly nodes: string[];
  readonly user: string;
  readonly password_env: string;
  readonly reader_user: string;
  readonly reader_password_env: string;
}

export interface TestCluster {
  readonly nodes: readonly Node[];
  /** Settings of a workspace whose warehouse lies on it. */
  readonly warehouse: ClusterSettings;
  /** Starts the spare node and tells the others of it; returns the settings with it. */
  readonly grow: () => Promise<ClusterSettings>;
  readonly stop: () => Promise<void>;
}

/** @param spare nodes that are started when it grows */
export async function startCluster(size: number, spare = 0): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-cluster-"));
  const all = size + spare;
  const ports = await Promise.all(Array.from({ length: 2 * all }, freePort));
  const tcpPorts = ports.slice(all);
  const ways = await Promise.all(tcpPorts.map(orderlyWayTo));
  const every = tcpPorts.map((tcpPort, place) => nodeOf(join(folder, `node-${place + 1}`), ports[place] ?? 0, tcpPort));
  const startFirst = async (count: number): Promise<ClusterSettings> => {
    const nodes = every.slice(0, count);
    const remoteServers = remoteServersXml(ways.slice(0, count).map(portOf));
    for (const node of nodes) {
      await node.kill();
      node.configure(remoteServers);
    }
    await Promise.all(nodes.map((node) => node.start()));
    return {
      nodes: nodes.map(({ url }) => url),
      user: "app",
      password_env: "CARTWRIGHT_TEST_APP",
      reader_user: "reader",
      reader_password_env: "CARTWRIGHT_TEST_READER",
    };
  };
  const warehouse = await startFirst(size);
  Object.assign(process.env, environment);
  return {
    nodes: every.slice(0, size),
    warehouse,
    grow: async () => await startFirst(all),
    stop: async () => {
      await Promise.all(every.map((node) => node.kill()));
      for (const way of ways) way.close().emit("close");
      rmSync(folder, { recursive: true, force: true });
      for (const name of Object.keys(environment)) delete process.env[name];
    },
  };
}

/** Checks of the machine and the workspace, each with what to do when it fails. */
import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import { dirname } from "node:path";
import type { Clock } from "../clock.ts";
import { readConfig } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { requireEngineLibrary } from "../warehouse/engine.ts";
import { Workspace } from "../workspace.ts";

export interface Finding {
  readonly check: string;
  readonly status: "ok" | "warning" | "failed";
  readonly found: string;
  /** What to do; empty when all is well. */
  readonly remedy: string;
}

const gigabyte = 1024 ** 3;
const inGigabytes = (bytes: number): string => `${(bytes / gigabyte).toFixed(1)} GB`;

function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(dirname(folder));
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isFine = major > 20 || (major === 20 && minor >= 19);
  return {
    check: "node",
    status: isFine ? "ok" : "failed",
    found: process.version,
    remedy: isFine ? "" : "Install Node 20.19 or later.",
  };
}

function checkDisk(folder: string): Finding {
  const { bavail, bsize } = statfsSync(nearestFolder(folder));
  const free = bavail * bsize;
  const status = free < gigabyte ? "failed" : free < 5 * gigabyte ? "warning" : "ok";
  return {
    check: "disk",
    status,
    found: `${inGigabytes(free)} free at ${folder}`,
    remedy: status === "ok" ? "" : "Free space: a load needs about twice the size its rows will have.",
  };
}

function checkMemory(): Finding {
  const total = totalmem();
  const status = total < 2 * gigabyte ? "warning" : "ok";
  return {
    check: "memory",
    status,
    found: inGigabytes(total),
    remedy: status === "ok" ? "" : "Queries spill to disk early; 4 GB serve well.",
  };
}

function checkWritable(folder: string): Finding {
  try {
    accessSync(nearestFolder(folder), constants.W_OK);
    return { check: "folder", status: "ok", found: `${folder} can be written`, remedy: "" };
  } catch {
    return {
      check: "folder",
      status: "failed",
      found: `${folder} cannot be written`,
      remedy: "Choose another folder with --workspace, or give yourself the right to write there.",
    };
  }
}

async function checkPort(folder: string): Promise<Finding> {
  const config = existsSync(`${folder}/cartwright.json`) ? readConfig(folder) : null;
  const port = config?.server.port ?? 4000;
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, config?.server.host ?? "127.0.0.1", () => probe.close(() => resolve(true)));
  });
  return {
    check: "port",
    status: isFree ? "ok" : "warning",
    found: `${port} is ${isFree ? "free" : "taken"}`,
    remedy: isFree ? "" : "The server takes another free port; set server.port for a fixed one.",
  };
}

function failure(check: string, error: unknown): Finding {
  const known = error instanceof CartwrightError ? error : null;
  return { check, status: "failed", found: known?.message ?? String(error), remedy: known?.remedy ?? "Report this." };
}

function checkLibrary(): Finding {
  try {
    return {
      check: "engine library",
      status: "ok",
      found: requireEngineLibrary().split("/").slice(-3, -1).join("/"),
      remedy: "",
    };
  } catch (error) {
    return failure("engine library", error);
  }
}

async function checkWorkspace(folder: string, clock: Clock): Promise<Finding[]> {
  try {
    readConfig(folder);
  } catch (error) {
    return [failure("workspace", error)];
  }
  try {
    const workspace = await Workspace.open(folder, clock, "doctor");
    const row = await workspace.warehouse.queryOne("select version() as version");
    const holder = workspace.isOwner ? "" : `, run by process ${workspace.owner()?.ownerPid}`;
    await workspace.close();
    return [
      { check: "workspace", status: "ok", found: folder, remedy: "" },
      { check: "engine", status: "ok", found: `ClickHouse ${row.version}${holder}`, remedy: "" },
    ];
  } catch (error) {
    return [failure("engine", error)];
  }
}

/** All checks, in the order in which one explains the next. */
export async function doctor(folder: string, clock: Clock): Promise<readonly Finding[]> {
  return [
    checkNode(),
    checkMemory(),
    checkDisk(folder),
    checkWritable(folder),
    await checkPort(folder),
    checkLibrary(),
    ...(await checkWorkspace(folder, clock)),
  ];
}

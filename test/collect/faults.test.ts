import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Journal } from "../../src/collect/journal.ts";
import { importFiles } from "../../src/ingestion/import.ts";
import { installDoor, view } from "../support/collect.ts";
import { fixedClock } from "../support/shop.ts";

const doorNow = installDoor();
const identify = (id: string) => ({ type: "identify", messageId: id, userId: "ann", traits: { name: "Ann" } });
const counted = async () => await doorNow().shop.sql("select event_id from fct_events order by event_id");
const placeOf = (stream: "events" | "customers") => join(doorNow().shop.folder, "collect", stream);

/** Sends while customers cannot be written: the events of the request are on disk, and it is not acknowledged. */
async function sendHalf(...messages: readonly object[]): Promise<void> {
  const aside = `${placeOf("customers")}-aside`;
  renameSync(placeOf("customers"), aside);
  const answer = await doorNow().post("batch", { batch: messages });
  renameSync(aside, placeOf("customers"));
  expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "1"]);
}

it("an event that a file brings between its acknowledgement and its load counts once", async () => {
  const door = doorNow();
  const { warehouse, config, clock } = door.shop.workspace;
  await door.load();
  await door.send(view("a"), view("b"));
  const file = join(door.shop.folder, "archive.jsonl");
  writeFileSync(file, `${JSON.stringify({ ...view("a"), timestamp: "2024-03-01T10:00:00Z" })}\n`);
  await importFiles({ warehouse, config, clock }, [file], { preset: "segment" });
  await door.load();
  expect(await counted()).toEqual([{ event_id: "a" }, { event_id: "b" }]);
  const batches = await door.shop.sql(
    "select loaded_rows, duplicate_rows from ops_batches final where kind = 'events' order by batch_key",
  );
  expect(batches).toEqual([
    { loaded_rows: "1", duplicate_rows: "0" },
    { loaded_rows: "1", duplicate_rows: "1" },
  ]);
});

describe("events that were put on disk and not acknowledged count once", () => {
  it("when they are sent again before the load, into another file", async () => {
    const door = doorNow();
    await sendHalf(view("a"), identify("i-1"));
    await door.collector.journals.events.seal();
    expect((await door.send(view("a"), identify("i-1"))).accepted).toBe(2);
    await door.load();
    expect(await counted()).toEqual([{ event_id: "a" }]);
  });

  it("when they are sent again while the first file is being loaded", async () => {
    const door = doorNow();
    await sendHalf(view("a"), identify("i-1"));
    const loading = door.load();
    const again = await door.send(view("a"), identify("i-1"));
    await loading;
    await door.load();
    expect(again.rejected).toBe(0);
    expect(await counted()).toEqual([{ event_id: "a" }]);
  });

  it("when they are sent again after the load", async () => {
    const door = doorNow();
    await sendHalf(view("a"), identify("i-1"));
    await door.load();
    await door.load();
    const { events } = await door.send(view("a"), identify("i-1"));
    expect(events.map(({ verdict }) => verdict)).toEqual(["duplicate", "accepted"]);
    await door.load();
    expect(await counted()).toEqual([{ event_id: "a" }]);
  });
});

/** A small file system of its own; only the super-user may make one, so elsewhere what follows is skipped. */
const disk = mkdtempSync(join(tmpdir(), "cartwright-journal-disk-"));
const isMounted =
  process.platform === "linux" && spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]).status === 0;

afterAll(() => {
  if (isMounted) spawnSync("umount", ["--lazy", disk]);
  rmSync(disk, { recursive: true, force: true });
});

function fillDisk(): void {
  const handle = openSync(join(disk, "ballast"), "w");
  const { bavail, bsize } = statfsSync(disk);
  for (let left = bavail; left > 0; left -= 1) writeSync(handle, Buffer.alloc(bsize));
  closeSync(handle);
}

describe.skipIf(!isMounted)("a journal on a full disk", () => {
  it("keeps what was acknowledged, refuses the rest, leaves nothing behind, and goes on by itself", async () => {
    const folder = join(disk, "events");
    mkdirSync(folder, { recursive: true });
    const journal = new Journal(folder, fixedClock());
    const row = (text: string): string => `${text}${"x".repeat(9000)}\n`;
    journal.append([row("kept")], []);
    await journal.settled();
    fillDisk();
    for (let tries = 0; tries < 3; tries += 1) {
      journal.append([row("refused")], []);
      await expect(journal.settled()).rejects.toThrow("ENOSPC");
    }
    expect(journal.waitingBytes).toBeGreaterThan(9000);
    rmSync(join(disk, "ballast"));
    journal.append([row("kept too")], []);
    await journal.settled();
    await journal.seal();
    const texts = journal.sealed().map((path) => spawnSync("cat", [path], { encoding: "utf8" }).stdout);
    expect(texts.join("").match(/kept too|kept|refused/g)).toEqual(["kept", "kept too"]);
    expect(readdirSync(folder).filter((name) => !name.endsWith(".rows"))).toEqual([]);
    await journal.close();
  });
});

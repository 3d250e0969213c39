import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { onlyColumns, readTable } from "./read-table.ts";
import { columnOf, numberOf, numbersOf } from "./table.ts";

const folder = mkdtempSync(join(tmpdir(), "cartwright-tables-"));
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("reading a table", () => {
  it("gives columns of text, whatever the delimiter, line ends and compression", async () => {
    const paths = [
      file("comma.csv", "a,b\r\n1,x\r\n2,\r\n"),
      file("semicolon.csv", "a;b\n1;x\n2;"),
      file("tab.tsv.gz", gzipSync("a\tb\n1\tx\n\n2\t\n")),
      file("lines.jsonl", '{"a": 1, "b": "x"}\n{"a": 2, "b": null}\n'),
    ];
    for (const path of paths) {
      const table = await readTable(path);
      expect([path, table.names, columnOf(table, "a"), columnOf(table, "b")]).toEqual([
        path,
        ["a", "b"],
        ["1", "2"],
        ["x", ""],
      ]);
    }
  });

  it("reads quotes, doubled quotes and line ends inside quotes", async () => {
    const table = await readTable(file("quoted.csv", 'a,b\n"1, 2","say ""so""\nagain"\n3,4\n'));
    expect(columnOf(table, "a")).toEqual(["1, 2", "3"]);
    expect(columnOf(table, "b")).toEqual(['say "so"\nagain', "4"]);
  });

  it("keeps only the columns picked, and names the columns there are when one is missing", async () => {
    const path = file("picked.csv", "a,b,c\n1,2,3\n");
    expect([...(await readTable(path, onlyColumns(path, ["c"]))).columns.keys()]).toEqual(["c"]);
    await expect(readTable(path, onlyColumns(path, ["d"]))).rejects.toThrow('has no column "d"');
  });

  it("refuses a row of another width, with its line; an empty file; a file that is not there", async () => {
    await expect(readTable(file("wide.csv", "a,b\n1,2\n1,2,3\n"))).rejects.toThrow(/wide\.csv:3: has 3 columns/);
    await expect(readTable(file("wide-quoted.csv", 'a,b\n"1\n",2\n1\n'))).rejects.toThrow(/:4: has 1 columns/);
    await expect(readTable(file("empty.csv", ""))).rejects.toThrow("is empty");
    await expect(readTable(join(folder, "none.csv"))).rejects.toThrow("does not exist");
  });

  it("reads numbers strictly: a text that is none is named with its row, column and value", async () => {
    const table = await readTable(file("numbers.csv", "n\n1\n-2.5e1\nabc\n"));
    expect(() => numbersOf(table, "n")).toThrow('data row 3, column "n": "abc" is not a number');
    expect(["1", "-2.5e1", " 3 ", "", "0x10", "Infinity", "1,5", "nan"].map(numberOf)).toEqual([
      1,
      -25,
      3,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

import { Fragment, type ReactNode } from "react";
import { keyed } from "../keyed.ts";

/** Words with `code`, **strong** and *emphasis*; links become their text and address. */
export function inline(text: string): ReactNode {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|\[[^\]]+\]\([^)]+\))/);
  return parts.map((part, index) => {
    const key = `${index}-${part}`;
    if (part.startsWith("`") && part.endsWith("`") && part.length > 2)
      return <code key={key}>{part.slice(1, -1)}</code>;
    if (part.startsWith("**") && part.length > 4) return <strong key={key}>{part.slice(2, -2)}</strong>;
    if (part.startsWith("*") && part.endsWith("*") && part.length > 2) return <em key={key}>{part.slice(1, -1)}</em>;
    const link = /^\[([^\]]+)\]\((https?:[^)]+)\)$/.exec(part);
    if (link) {
      return (
        <a key={key} href={link[2]} target="_blank" rel="noreferrer">
          {link[1]}
        </a>
      );
    }
    return <Fragment key={key}>{part.replace(/^\[([^\]]+)\]\([^)]+\)$/, "$1")}</Fragment>;
  });
}

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());

function TableBlock({ lines }: { lines: readonly string[] }) {
  const [head, , ...body] = lines;
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            {cellsOf(head ?? "").map((cell) => (
              <th key={cell}>{inline(cell)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((line) => (
            <tr key={line}>
              {keyed(cellsOf(line)).map(({ key, text }) => (
                <td key={key}>{inline(text)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Block({ text }: { text: string }): ReactNode {
  const lines = text.split("\n");
  const first = lines[0] ?? "";
  const heading = /^(#{1,4})\s+(.*)$/.exec(first);
  if (heading) {
    const rest = lines.slice(1).join("\n").trim();
    const words = inline(heading[2] ?? "");
    return (
      <>
        {heading[1] === "#" ? <h3>{words}</h3> : <h4>{words}</h4>}
        {rest ? <Block text={rest} /> : null}
      </>
    );
  }
  if (first.startsWith("```"))
    return (
      <pre>
        {lines
          .slice(1)
          .filter((line) => !line.startsWith("```"))
          .join("\n")}
      </pre>
    );
  if (first.startsWith("|") && /^\|[\s:|-]+\|$/.test(lines[1] ?? "")) return <TableBlock lines={lines} />;
  if (/^([-*]|\d+\.)\s/.test(first)) {
    const items = text
      .split(/\n(?=(?:[-*]|\d+\.)\s)/)
      .map((item) => item.replace(/^([-*]|\d+\.)\s+/, "").replace(/\n\s*/g, " "));
    const list = items.map((item) => <li key={item}>{inline(item)}</li>);
    return /^\d/.test(first) ? <ol>{list}</ol> : <ul>{list}</ul>;
  }
  return <p>{inline(lines.join(" "))}</p>;
}

/** Blocks are parted by blank lines, but not inside a fenced block of code. */
export function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  let open: string[] = [];
  let isFenced = false;
  for (const line of text.replaceAll("\r", "").split("\n")) {
    if (line.startsWith("```")) isFenced = !isFenced;
    if (line.trim() === "" && !isFenced) {
      if (open.length > 0) blocks.push(open.join("\n"));
      open = [];
    } else open.push(line);
  }
  if (open.length > 0) blocks.push(open.join("\n"));
  return blocks;
}

/** The Markdown that analyses' pages are written in, as elements; nothing is inserted as HTML. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      {keyed(blocksOf(text)).map((block) => (
        <Block key={block.key} text={block.text} />
      ))}
    </div>
  );
}

import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconDownload, IconFileZip, IconPhoto, IconPrinter } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { type ExportFormat, exportAddress } from "../api.ts";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { analysisParams, type ExtraParams } from "../query-params.ts";
import { useView, useWorkspace, type ViewLens } from "../shell/workspace.tsx";
import { savePagePicture } from "./page-picture.ts";
import { provenance } from "./provenance.ts";
import { lackOf } from "./requirements.ts";
import { saveBlob } from "./save-blob.ts";

/** A card as far as its rows go. */
export interface Exported {
  /** Names its file when another card of the page asks the same analysis. */
  readonly id: string;
  readonly entry: CatalogueEntry;
  readonly params?: ExtraParams;
  /** How the card sees the page; as everybody when left out. */
  readonly lens?: ViewLens;
}

interface Props {
  readonly label: string;
  readonly cards: readonly Exported[];
}

const redrawnAfterMs = 800;
const icon = { size: 16, stroke: 1.5 } as const;

/** The name of a card's file: its analysis, and its own where two cards ask one. */
const fileOf = ({ id, entry }: Exported, cards: readonly Exported[]): string =>
  cards.filter((card) => card.entry === entry).length > 1 && id !== entry.name ? `${entry.name}.${id}` : entry.name;

/** A page's name as part of a file's: a board's may hold anything. */
const fileNameOf = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "") || "page";

/** Takes the whole page away: all rows of its cards in one file, as a picture, or on paper. */
export function PageExport({ label, cards }: Props) {
  const [view] = useView();
  const workspace = useWorkspace();
  const { coverage, shop, shared } = workspace;
  const [progress, setProgress] = useState("");
  const can = coverage !== null && !shared && progress === "";

  const { colorScheme, setColorScheme } = useMantineColorScheme();
  /** Paper is light; the charts take a moment to be drawn anew. */
  const print = (): void => {
    setColorScheme("light");
    setTimeout(() => {
      window.print();
      setColorScheme(colorScheme);
    }, redrawnAfterMs);
  };

  const saveRows = async (format: ExportFormat): Promise<void> => {
    if (!coverage) return;
    const files: Record<string, Uint8Array> = {};
    const definitions: string[] = [];
    const wanted = cards.filter(({ entry }) => lackOf(entry, shop) === null);
    for (const [at, card] of wanted.entries()) {
      const { entry, params = {}, lens } = card;
      const name = `${fileOf(card, wanted)}.${format}`;
      setProgress(`${at + 1} of ${wanted.length}: ${entry.title}`);
      const seen = lens ? lens.see(view) : view;
      const answer = await fetch(exportAddress(entry, analysisParams(entry, seen, coverage, params), format));
      // What needs a model that was never trained has no rows; the list says so.
      if (answer.ok) files[name] = new Uint8Array(await answer.arrayBuffer());
      const version = answer.headers.get("cartwright-definition-version");
      definitions.push(answer.ok ? `${name}: definition ${version}` : `${name}: not answered, status ${answer.status}`);
    }
    const words = [`${label} of ${shop.name}`, "", ...provenance(view, workspace, location.href), "", ...definitions];
    files["README.txt"] = new TextEncoder().encode(`${words.join("\n")}\n`);
    const { zipSync } = await import("fflate");
    saveBlob(new Blob([zipSync(files)], { type: "application/zip" }), `${fileNameOf(label)}-${format}.zip`);
  };
  const start = (work: () => Promise<void>): void => {
    work()
      .then(() => setProgress(""))
      .catch((error: unknown) => {
        setProgress(`The page could not be saved: ${error instanceof Error ? error.message : String(error)}`);
        setTimeout(() => setProgress(""), 8000);
      });
  };
  const tools = useRef<HTMLDivElement>(null);
  const savePicture = async (): Promise<void> => {
    const page = tools.current?.closest<HTMLElement>(".page");
    if (!page) return;
    setProgress("Drawing the page");
    await savePagePicture(page, fileNameOf(label));
  };
  return (
    <div className="page-tools" ref={tools}>
      <span className="muted" role="status">
        {progress}
      </span>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <button type="button" className="icon-button" aria-label={`Download ${label}`} title="Download the page">
            <IconDownload size={18} stroke={1.5} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPrinter {...icon} />} onClick={print}>
            Print or save as PDF
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPhoto {...icon} />}
            disabled={progress !== ""}
            onClick={() => start(savePicture)}
          >
            Picture (PNG)
          </Menu.Item>
          <Menu.Label>All rows of its cards</Menu.Label>
          <Menu.Item
            leftSection={<IconFileZip {...icon} />}
            disabled={!can}
            onClick={() => start(() => saveRows("csv"))}
          >
            CSV files in a zip
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileZip {...icon} />}
            disabled={!can}
            onClick={() => start(() => saveRows("parquet"))}
          >
            Parquet files in a zip
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** What stands on paper below a page, and nowhere else. */
export function PrintedProvenance({ label }: { readonly label: string }) {
  const [view] = useView();
  const workspace = useWorkspace();
  return (
    <footer className="print-only">
      {[label, ...provenance(view, workspace, location.href)].map((line) => (
        <p key={line}>{line}</p>
      ))}
    </footer>
  );
}

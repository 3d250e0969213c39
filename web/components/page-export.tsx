import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconDownload, IconFileZip, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { type ExportFormat, exportAddress } from "../api.ts";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { analysisParams, type ExtraParams } from "../query-params.ts";
import { useView, useWorkspace } from "../shell/workspace.tsx";
import { provenance } from "./provenance.ts";
import { lackOf } from "./requirements.ts";
import { saveBlob } from "./save-blob.ts";

/** A card as far as its rows go. */
export interface Exported {
  readonly entry: CatalogueEntry;
  readonly params?: ExtraParams;
}

interface Props {
  readonly label: string;
  readonly cards: readonly Exported[];
}

const redrawnAfterMs = 800;
const icon = { size: 16, stroke: 1.5 } as const;

/** Takes the whole page away: all rows of its cards in one file, or on paper. */
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
    for (const [at, { entry, params = {} }] of wanted.entries()) {
      const name = `${entry.name}.${format}`;
      if (files[name]) continue;
      setProgress(`${at + 1} of ${wanted.length}: ${entry.title}`);
      const answer = await fetch(exportAddress(entry, analysisParams(entry, view, coverage, params), format));
      // What needs a model that was never trained has no rows; the list says so.
      if (answer.ok) files[name] = new Uint8Array(await answer.arrayBuffer());
      const version = answer.headers.get("cartwright-definition-version");
      definitions.push(answer.ok ? `${name}: definition ${version}` : `${name}: not answered, status ${answer.status}`);
    }
    const words = [`${label} of ${shop.name}`, "", ...provenance(view, workspace, location.href), "", ...definitions];
    files["README.txt"] = new TextEncoder().encode(`${words.join("\n")}\n`);
    const { zipSync } = await import("fflate");
    saveBlob(new Blob([zipSync(files)], { type: "application/zip" }), `${label.toLowerCase()}-${format}.zip`);
  };
  const start = (format: ExportFormat) => (): void => {
    saveRows(format)
      .then(() => setProgress(""))
      .catch((error: unknown) => {
        setProgress(`The page could not be saved: ${error instanceof Error ? error.message : String(error)}`);
        setTimeout(() => setProgress(""), 8000);
      });
  };
  return (
    <div className="page-tools">
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
          <Menu.Label>All rows of its cards</Menu.Label>
          <Menu.Item leftSection={<IconFileZip {...icon} />} disabled={!can} onClick={start("csv")}>
            CSV files in a zip
          </Menu.Item>
          <Menu.Item leftSection={<IconFileZip {...icon} />} disabled={!can} onClick={start("parquet")}>
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

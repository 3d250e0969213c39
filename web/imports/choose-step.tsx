import { Button, FileButton, Progress } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { ProblemError, problemOf } from "../api.ts";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { useImportChange } from "./use-import.ts";

const accepted = ".csv,.tsv,.txt,.jsonl,.ndjson,.parquet,.xlsx,.gz,.zst";

interface Props {
  readonly mostBytes: number;
}

/** The file: dropped, or chosen with mouse or keyboard; then sent, with how far it is. */
export function ChooseStep({ mostBytes }: Props) {
  const { format } = useWorkspace();
  const change = useImportChange();
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const [isOver, setOver] = useState(false);
  const sending = useRef<AbortController | null>(null);
  // A wizard that is closed while it sends stops: half a file is of no use.
  useEffect(() => () => sending.current?.abort(), []);
  const take = async (chosen: File | null | undefined): Promise<void> => {
    if (!chosen) return;
    if (chosen.size > mostBytes) {
      change.setError(tooLarge(chosen, format.bytes(chosen.size), format.bytes(mostBytes)));
      return;
    }
    setFile(chosen);
    setShare(0);
    sending.current = new AbortController();
    await change.upload(chosen, sending.current.signal, setShare);
    setFile(null);
  };
  if (file)
    return (
      <div className="import-part">
        <p>
          Sending {file.name}, {format.bytes(file.size)}
        </p>
        <Progress value={100 * share} aria-label={`Sending ${file.name}`} />
        <p className="muted figure" aria-live="polite">
          {share < 1 ? `${format.bytes(share * file.size)} sent` : "Looking at it"}
        </p>
        <div className="import-actions">
          <Button variant="default" onClick={() => sending.current?.abort()}>
            Stop
          </Button>
        </div>
      </div>
    );
  return (
    <div className="import-part">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same */}
      <div
        className={isOver ? "import-drop over" : "import-drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <IconFileUpload size={32} stroke={1.5} aria-hidden />
        <p>Drop a file here, or choose one.</p>
        <FileButton accept={accepted} onChange={(chosen) => void take(chosen)}>
          {(props) => (
            <Button {...props} data-autofocus>
              Choose a file
            </Button>
          )}
        </FileButton>
        <p className="muted small">
          CSV, TSV, JSON Lines, Parquet or Excel; plain, gzip or zstd; up to {format.bytes(mostBytes)}. Events, orders,
          customers, products and more are told apart by their columns. Nothing is loaded before you say so.
        </p>
      </div>
      {change.error ? <ErrorState error={change.error} /> : null}
    </div>
  );
}

const tooLarge = (file: File, size: string, most: string): ProblemError =>
  new ProblemError({
    ...problemOf(413, null),
    code: "file_too_large",
    title: "The file is too large to be uploaded",
    detail: `${file.name} has ${size}; a file may have ${most} here.`,
    remedy: "Give its path to `cartwright import`, or raise `imports.max_file_bytes` in cartwright.json.",
  });

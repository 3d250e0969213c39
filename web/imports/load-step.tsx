import { Button, Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PlainTiles } from "../components/plain-tiles.tsx";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import type { ImportedBatch, ImportInHand } from "./import-types.ts";
import { UndoQuestion } from "./undo-dialog.tsx";
import { useImportChange } from "./use-import.ts";
import { outcomeWords } from "./words.ts";

const stages = {
  waiting: "Waiting for other work on the shop's data",
  checking: "Looking at every row",
  loading: "Loading",
  building: "Building sessions, orders and figures",
} as const;

/** How far looking or loading is; it goes on when the page is closed. */
export function ProgressStep({ one }: { one: ImportInHand }) {
  const { format } = useWorkspace();
  const change = useImportChange();
  const { progress } = one;
  const stage = progress?.stage ?? "waiting";
  const share = progress && progress.total_bytes > 0 ? Math.min(1, progress.read_bytes / progress.total_bytes) : 0;
  const isWhole = stage === "building";
  return (
    <div className="import-part">
      <p>
        {stages[stage]}: {one.name}, {format.bytes(one.file_bytes)}
      </p>
      <Progress value={isWhole ? 100 : 100 * share} striped={isWhole} animated={isWhole} aria-label={stages[stage]} />
      <p className="muted figure" aria-live="polite">
        {format.count(progress?.read_rows ?? 0)} rows read, {format.rate(isWhole ? 1 : share)} of the file
      </p>
      <p className="muted small">You can close this, or the page: it goes on, and this dialog shows it again.</p>
      {change.error ? <ErrorState error={change.error} /> : null}
      <div className="import-actions">
        {one.step === "loading" ? (
          <Button
            variant="default"
            loading={change.isBusy}
            disabled={isWhole}
            onClick={() => void change.send(`${one.id}/cancel`)}
          >
            Cancel
          </Button>
        ) : (
          <Button variant="default" loading={change.isBusy} onClick={() => void change.discard(one.id)}>
            Give up
          </Button>
        )}
      </div>
    </div>
  );
}

/** Pages of the registry, which the router knows as text only. */
const overviewPath: string = "/";

/** What came of it, and the way back. */
export function ResultStep({ one, batch, onClose }: { one: ImportInHand; batch: ImportedBatch; onClose: () => void }) {
  const { format } = useWorkspace();
  const change = useImportChange();
  const [isUndoing, setUndoing] = useState(false);
  const end = async (after: () => void): Promise<void> => {
    await change.discard(one.id);
    after();
  };
  const figures = [
    { label: "Rows read", figure: format.count(batch.read_rows) },
    { label: "Loaded", figure: format.count(batch.loaded_rows) },
    { label: "Known already", figure: format.count(batch.duplicate_rows) },
    { label: "Refused", figure: format.count(batch.rejected_rows) },
  ];
  return (
    <div className="import-part">
      <p role="status" className="lead-small">
        {outcomeWords(one.name, batch, format.count)}
      </p>
      {batch.state === "undone" ? null : <PlainTiles figures={figures} />}
      {batch.state === "loaded" && batch.first_on !== null ? (
        <p className="muted">
          Batch {batch.batch_key}, from {format.day(batch.first_on)} to {format.day(batch.last_on)}.
          {batch.rejected_rows > 0 ? " The refused rows stand in the card “Refused rows” of this page." : ""}
        </p>
      ) : null}
      {change.error ? <ErrorState error={change.error} /> : null}
      {isUndoing && batch.state === "loaded" ? (
        <UndoQuestion batchKey={batch.batch_key} loadedRows={batch.loaded_rows} onEnd={() => setUndoing(false)} />
      ) : (
        <div className="import-actions import-foot">
          <Button loading={change.isBusy} onClick={() => void end(onClose)}>
            Close
          </Button>
          <Button variant="default" disabled={change.isBusy} onClick={() => void end(() => {})}>
            Import another file
          </Button>
          <Link to={overviewPath} className="link-button" onClick={() => void change.discard(one.id)}>
            To the overview
          </Link>
          {batch.state === "loaded" ? (
            <Button variant="subtle" color="red" onClick={() => setUndoing(true)}>
              Undo this import
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}

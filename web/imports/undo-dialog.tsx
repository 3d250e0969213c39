import "../styles/imports.css";
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import type { Row } from "../catalogue-types.ts";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { numberOf, textOf } from "../values.ts";
import { useImportChange, useMayImport } from "./use-import.ts";

/** What came over HTTP or from the store cannot be sent again by importing a file. */
const fromElsewhere: readonly string[] = ["collect", "store"];

/** Takes back one line of the list of imports, once that is confirmed; nothing for lines that cannot be taken back. */
export function UndoRow({ row }: { row: Row }) {
  const [isAsking, setAsking] = useState(false);
  const mayImport = useMayImport();
  const batchKey = numberOf(row.batch_key);
  const isOffered = mayImport && row.state === "loaded" && !fromElsewhere.includes(textOf(row.preset) ?? "");
  if (!isOffered || batchKey === null) return null;
  const name = (textOf(row.source) ?? "").split(/[\\/]/).at(-1) ?? "";
  return (
    <>
      <button
        type="button"
        className="link-button"
        aria-label={`Undo the import of ${name}, batch ${batchKey}`}
        onClick={() => setAsking(true)}
      >
        Undo
      </button>
      {isAsking ? (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={`Undo the import of ${name}?`}
          closeButtonProps={{ "aria-label": "Close" }}
        >
          <UndoQuestion
            batchKey={batchKey}
            loadedRows={numberOf(row.loaded_rows) ?? 0}
            onEnd={() => setAsking(false)}
          />
        </Modal>
      ) : null}
    </>
  );
}

interface QuestionProps {
  readonly batchKey: number;
  readonly loadedRows: number;
  readonly onEnd: () => void;
}

/** What undoing does, and the two ways from there. */
export function UndoQuestion({ batchKey, loadedRows, onEnd }: QuestionProps) {
  const { format } = useWorkspace();
  const change = useImportChange();
  const undo = async (): Promise<void> => {
    if (await change.undo(batchKey)) onEnd();
  };
  return (
    <div className="import-part">
      <p>
        {format.count(loadedRows)} {loadedRows === 1 ? "row" : "rows"} of batch {batchKey} go; sessions, orders and
        every figure follow. The file can be imported again.
      </p>
      {change.error ? <ErrorState error={change.error} /> : null}
      <div className="import-actions">
        <Button color="red" variant="outline" loading={change.isBusy} onClick={() => void undo()}>
          Take it back
        </Button>
        <Button variant="default" disabled={change.isBusy} data-autofocus onClick={onEnd}>
          Keep it
        </Button>
      </div>
    </div>
  );
}

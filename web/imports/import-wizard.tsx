import "../styles/imports.css";
import { Button, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { CheckStep } from "./check-step.tsx";
import { ChooseStep } from "./choose-step.tsx";
import type { CurrentImport, ImportInHand } from "./import-types.ts";
import { ProgressStep, ResultStep } from "./load-step.tsx";
import { useCurrentImport, useImportChange } from "./use-import.ts";

const steps = ["File", "Check", "Load", "Result"] as const;

const stepOf: Readonly<Record<ImportInHand["step"], (typeof steps)[number]>> = {
  uploading: "File",
  checking: "Check",
  unclear: "Check",
  ready: "Check",
  loading: "Load",
  done: "Result",
};

/** A file from the disk into the shop, step by step; what is in hand goes on while it is closed. */
export function ImportWizard({ onClose }: { onClose: () => void }) {
  const isNarrow = useMediaQuery("(max-width: 639px)");
  const { session } = useWorkspace();
  const query = useCurrentImport();
  const current = query.data?.current ?? null;
  // A file on its way is told of by who sends it.
  const mine = current?.owner === session.user.name && current.step !== "uploading" ? current : null;
  const others = current && current.owner !== session.user.name && current.step !== "done" ? current : null;
  const step = mine ? stepOf[mine.step] : "File";
  return (
    <Modal
      opened
      onClose={onClose}
      title={mine ? `Import ${mine.name}` : "Import a file"}
      size="min(1080px, 100%)"
      fullScreen={isNarrow ?? false}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
      transitionProps={{ duration: 0 }}
    >
      <ol className="import-steps" aria-label="Steps">
        {steps.map((name, index) => (
          <li key={name} aria-current={name === step ? "step" : undefined}>
            <span className="figure">{index + 1}</span> {name}
          </li>
        ))}
      </ol>
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {others ? <Others other={others} /> : null}
      {query.data && !others ? <Body data={query.data} mine={mine} onClose={onClose} /> : null}
    </Modal>
  );
}

function Body({ data, mine, onClose }: { data: CurrentImport; mine: ImportInHand | null; onClose: () => void }) {
  if (mine === null) return <ChooseStep mostBytes={data.max_file_bytes} />;
  if (mine.step === "checking" || mine.step === "loading") return <ProgressStep one={mine} />;
  if (mine.step === "done" && mine.batch) return <ResultStep one={mine} batch={mine.batch} onClose={onClose} />;
  return <CheckStep key={mine.id} one={mine} />;
}

/** One import at a time: who has it, and the way to end one that was left. */
function Others({ other }: { other: ImportInHand }) {
  const change = useImportChange();
  const isUnderWay = other.step === "loading" || other.step === "uploading";
  return (
    <div className="import-part">
      <p>
        <strong>{other.owner}</strong> is importing {other.name}. One file is imported at a time.
      </p>
      {isUnderWay ? (
        <p className="muted">It is being loaded; wait for its end.</p>
      ) : (
        <p className="muted">Nothing of it is loaded yet. When {other.owner} has left it, you can give it up.</p>
      )}
      {change.error ? <ErrorState error={change.error} /> : null}
      <div className="import-actions">
        <Button
          variant="default"
          disabled={isUnderWay}
          loading={change.isBusy}
          onClick={() => void change.discard(other.id)}
        >
          Give up the import of {other.owner}
        </Button>
      </div>
    </div>
  );
}

import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useWorkspace } from "../shell/workspace.tsx";
import { useCurrentImport, useMayImport, useWizard } from "./use-import.ts";

const ImportWizard = lazy(() => import("./import-wizard.tsx").then((module) => ({ default: module.ImportWizard })));

/** Opens the wizard, and says when an import is in hand; nothing for who may not import. */
export function ImportButton() {
  const { session, format } = useWorkspace();
  const mayImport = useMayImport();
  const { isOpen, open, close } = useWizard();
  const current = useCurrentImport().data?.current ?? null;
  if (!mayImport) return null;
  const mine = current?.owner === session.user.name ? current : null;
  const progress = mine?.progress;
  const share = progress && progress.total_bytes > 0 ? progress.read_bytes / progress.total_bytes : 0;
  const words =
    mine === null || mine.step === "done"
      ? "Import files"
      : mine.step === "loading"
        ? `Importing ${mine.name}, ${format.rate(progress?.stage === "building" ? 1 : share)}`
        : `Go on with ${mine.name}`;
  return (
    <>
      <Button leftSection={<IconFileImport size={18} stroke={1.5} aria-hidden />} onClick={open}>
        {words}
      </Button>
      {isOpen ? (
        <Suspense fallback={null}>
          <ImportWizard onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}

/** A page of the registry, which the router knows as text only. */
const dataPath: string = "/data";

/** From an empty card to the wizard. */
export function ImportLink() {
  return useMayImport() ? (
    <Button component={Link} size="compact-sm" {...({ to: dataPath, hash: "import" } as object)}>
      Import files
    </Button>
  ) : null;
}

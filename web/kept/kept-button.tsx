import { Button } from "@mantine/core";
import { IconBookmark } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";

const KeptDrawer = lazy(() => import("./kept-drawer.tsx").then((module) => ({ default: module.KeptDrawer })));

/** Opens saved views and links; what stands behind it is loaded when it is first opened. */
export function KeptButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        className="search-button"
        variant="default"
        size="compact-sm"
        leftSection={<IconBookmark size={16} stroke={1.5} aria-hidden />}
        onClick={() => setOpen(true)}
        aria-label="Views and links"
      >
        <span className="wide-only">Views</span>
      </Button>
      {isOpen ? (
        <Suspense fallback={null}>
          <KeptDrawer onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

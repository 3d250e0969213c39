import "../styles/kept.css";
import { SideDrawer } from "../components/side-drawer.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { SavedViews } from "./saved-views.tsx";
import { SharedLinks } from "./shared-links.tsx";
import { isAnalyst } from "./use-kept.ts";

/** Saved views, the start page and shared links, in a drawer beside the page they are about. */
export function KeptDrawer({ onClose }: { onClose: () => void }) {
  const { session } = useWorkspace();
  return (
    <SideDrawer onClose={onClose} size="md" title="Views and links">
      <SavedViews onOpen={onClose} />
      {isAnalyst(session) ? <SharedLinks /> : null}
    </SideDrawer>
  );
}

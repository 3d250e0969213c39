import { Button } from "@mantine/core";
import { IconUserCheck, IconUsersGroup } from "@tabler/icons-react";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { entryOf, useAnalysis } from "../components/use-analysis.ts";
import { toggleFilter } from "../view-state.ts";
import { leftOutWords } from "./left-out.ts";
import { useView, useWorkspace } from "./workspace.tsx";

const quality = entryOf("traffic-quality");

/** Whether robots, staff and tests are counted. */
export function TrafficToggle() {
  const [view, setView] = useView();
  const isPeople = view.filters.traffic.length > 0;
  const Icon = isPeople ? IconUserCheck : IconUsersGroup;
  return (
    <Button
      variant={isPeople ? "light" : "default"}
      size="compact-sm"
      leftSection={<Icon size={14} stroke={1.5} aria-hidden />}
      aria-pressed={isPeople}
      title="Leave out traffic of robots, staff and tests"
      onClick={() => setView((now) => toggleFilter(now, "traffic", "people"))}
    >
      People only
    </Button>
  );
}

/** What is left out under the filters there are, in words; nothing while everyone is counted. */
export function LeftOut() {
  const [view] = useView();
  return view.filters.traffic.length > 0 && quality ? <Words entry={quality} /> : null;
}

function Words({ entry }: { entry: CatalogueEntry }) {
  const { format } = useWorkspace();
  const answer = useAnalysis(entry);
  const words = answer.isError
    ? "What is left out could not be counted."
    : leftOutWords(answer.data?.rows ?? null, format);
  return (
    <span className="muted small" role="status">
      {words}
    </span>
  );
}

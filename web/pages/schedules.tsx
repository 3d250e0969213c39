import "../styles/people.css";
import "../styles/schedules.css";
import { Skeleton } from "@mantine/core";
import { useEffect } from "react";
import { EmptyState, ErrorState } from "../components/states.tsx";
import { instantText } from "../format-dates.ts";
import { isAnalyst } from "../kept/use-kept.ts";
import { ScheduleCard } from "../schedules/schedule-card.tsx";
import { exampleSettings } from "../schedules/schedule-words.ts";
import { type Schedule, useSchedules } from "../schedules/use-schedules.ts";
import { useWorkspace } from "../shell/workspace.tsx";

function Lead({ schedules }: { schedules: readonly Schedule[] }) {
  const { shop, format } = useWorkspace();
  const coming = schedules
    .filter(({ next_at }) => next_at !== null)
    .toSorted((one, other) => ((one.next_at ?? "") < (other.next_at ?? "") ? -1 : 1));
  const [next] = coming;
  const failed = schedules.filter(({ last_run }) => last_run?.state === "failed" || last_run?.state === "interrupted");
  const wrong =
    failed.length === 0 ? "nothing failed last time" : `${failed.map(({ name }) => name).join(", ")} failed last time`;
  return (
    <p className="lead">
      {format.count(schedules.length)} {schedules.length === 1 ? "schedule works" : "schedules work"} for {shop.name};{" "}
      {wrong}
      {next?.next_at ? `; the next is ${next.name}, ${instantText(next.next_at, shop.time_zone)}` : ""}.
    </p>
  );
}

function Schedules() {
  const schedules = useSchedules(true);
  if (schedules.isError) return <ErrorState error={schedules.error} onRetry={() => void schedules.refetch()} />;
  if (!schedules.data) return <Skeleton height={240} radius={6} />;
  const { rows } = schedules.data;
  if (rows.length === 0)
    return (
      <EmptyState
        what="Nothing runs by itself yet."
        step="Put lines like these into `cartwright.json` and start the server again."
        action={
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          <pre className="schedule-example" tabIndex={0}>
            {exampleSettings}
          </pre>
        }
      />
    );
  return (
    <>
      <Lead schedules={rows} />
      <div className="grid">
        {rows.map((schedule) => (
          <ScheduleCard key={schedule.name} schedule={schedule} />
        ))}
      </div>
    </>
  );
}

/** Schedules: what the server does by itself, when next, and how it went. */
export function SchedulesPage() {
  const { shop, session } = useWorkspace();
  useEffect(() => {
    document.title = `Schedules – ${shop.name} – Cartwright`;
  }, [shop.name]);
  return (
    <div className="page schedules">
      <h1 className="sr-only">Schedules</h1>
      {isAnalyst(session) ? (
        <Schedules />
      ) : (
        <EmptyState what="This page is for analysts and admins." step="Ask someone with the admin role for it." />
      )}
    </div>
  );
}

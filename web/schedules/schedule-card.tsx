import { Button } from "@mantine/core";
import { Card } from "../components/card.tsx";
import { DeskTable } from "../desk/desk-table.tsx";
import { instantText } from "../format-dates.ts";
import { useChange, useRefusal } from "../kept/use-kept.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { outcomeWords, reasonWords, stateTone, stateWords, taskWords } from "./schedule-words.ts";
import { type Schedule, type ScheduleRun, useRuns } from "./use-schedules.ts";

const State = ({ state }: Pick<ScheduleRun, "state">) => (
  <span className={`run-state ${stateTone(state)}`}>{stateWords[state]}</span>
);

function Actions({ schedule: { name, is_running, last_run } }: { schedule: Schedule }) {
  const change = useChange("schedules", "schedule-runs", "audit");
  const [problem, attempt] = useRefusal();
  const running = is_running ? last_run : null;
  return (
    <div className="schedule-actions">
      {running ? (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Cancel: ${name}`}
          disabled={running.cancelled_by !== null}
          onClick={() => void attempt(async () => await change("DELETE", `/schedules/${name}/runs/${running.id}`))}
        >
          Cancel
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Run now: ${name}`}
          onClick={() => void attempt(async () => void (await change("POST", `/schedules/${name}/runs`)))}
        >
          Run now
        </Button>
      )}
      {problem === null ? null : (
        <span className="people-refusal" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

function Facts({ schedule }: { schedule: Schedule }) {
  const { shop, format } = useWorkspace();
  const { last_run, next_at } = schedule;
  return (
    <dl className="schedule-facts">
      <div>
        <dt>Next run</dt>
        <dd>{next_at === null ? "never" : instantText(next_at, shop.time_zone)}</dd>
      </div>
      <div>
        <dt>Last run</dt>
        <dd>
          {last_run === null ? (
            "not yet"
          ) : (
            <>
              <State state={last_run.state} />, {format.value({ unit: "seconds" }, last_run.duration_seconds)}
            </>
          )}
        </dd>
      </div>
      <div className="schedule-came">
        <dt>What came of it</dt>
        <dd>{last_run === null ? "–" : outcomeWords(last_run)}</dd>
      </div>
    </dl>
  );
}

/** One schedule: when, when next, how it went, and a run at once for those who may. */
export function ScheduleCard({ schedule }: { schedule: Schedule }) {
  const { shop, session, format } = useWorkspace();
  const runs = useRuns(schedule);
  const { name, task, words, cron, time_zone } = schedule;
  return (
    <Card
      title={name}
      subtitle={`${taskWords[task]} · ${words} (${time_zone}) · ${cron}`}
      size="full"
      menu={session.user.role === "admin" ? <Actions schedule={schedule} /> : null}
    >
      <Facts schedule={schedule} />
      <DeskTable
        name={`Runs of ${name}`}
        answer={runs}
        keyOf={({ id }) => id}
        empty={{ what: "No runs yet.", step: "The first comes at the time above, or now." }}
        columns={[
          { label: "Began", show: ({ started_at }) => instantText(started_at, shop.time_zone) },
          { label: "Why", show: reasonWords },
          { label: "State", show: ({ state }) => <State state={state} /> },
          {
            label: "Duration",
            isFigure: true,
            show: ({ duration_seconds }) => format.value({ unit: "seconds" }, duration_seconds),
          },
          { label: "What came of it", show: outcomeWords },
        ]}
      />
    </Card>
  );
}

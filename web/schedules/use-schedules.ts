/** What the server does by itself, and how it went. */
import { useQuery } from "@tanstack/react-query";
import { getJson } from "../api.ts";

export interface ScheduleRun {
  readonly id: string;
  readonly schedule: string;
  readonly state: "running" | "done" | "failed" | "cancelled" | "interrupted" | "skipped" | "missed";
  readonly reason: "time" | "catch-up" | "hand";
  readonly asked_by: string | null;
  readonly due_at: string | null;
  readonly due_count: number;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly duration_seconds: number;
  readonly words: string;
  readonly cancelled_by: string | null;
}

export interface Schedule {
  readonly name: string;
  readonly task: "pull" | "import" | "refresh" | "train" | "score" | "report" | "backup" | "retention";
  readonly cron: string;
  /** The cron line in words. */
  readonly words: string;
  readonly time_zone: string;
  readonly next_at: string | null;
  readonly is_running: boolean;
  readonly last_run: ScheduleRun | null;
}

interface Rows<T> {
  readonly rows: readonly T[];
}

/** While something runs it is looked at every second or two, else now and then. */
const pause = (isRunning: boolean): number => (isRunning ? 1500 : 15_000);

export const useSchedules = (isAllowed: boolean) =>
  useQuery({
    queryKey: ["schedules"],
    queryFn: ({ signal }) => getJson<Rows<Schedule>>("/schedules", signal),
    enabled: isAllowed,
    refetchInterval: ({ state }) => pause(state.data?.rows.some((one) => one.is_running) ?? false),
  });

/** The latest runs of one; asked again whenever the list says that another has begun or ended. */
export const useRuns = ({ name, last_run }: Schedule) =>
  useQuery({
    queryKey: ["schedule-runs", name, last_run?.id, last_run?.state],
    queryFn: ({ signal }) => getJson<Rows<ScheduleRun>>(`/schedules/${name}/runs?limit=8`, signal),
    placeholderData: (before) => before,
  });

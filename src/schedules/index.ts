/** What the server does by itself, and when: times, runs and their journal. */
export { cronWords, nextAfter, occurrences, type Timing } from "./cron.ts";
export {
  changeJournal,
  type Journal,
  mostRuns,
  openRun,
  type RunState,
  readJournal,
  type ScheduleRun,
} from "./journal.ts";
export { type ListedSchedule, listSchedules, type ShownRun, scheduledOf, scheduleHistory } from "./list.ts";
export { beginByHand, beginIfDue, changeRun, type Ending, endRun, type Scheduled, takeOver, timingOf } from "./runs.ts";

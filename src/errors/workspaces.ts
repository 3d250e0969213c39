/** Errors of a workspace as a whole: opening it, backing it up and bringing it back. */
export const workspaceErrors = {
  workspace_missing: {
    status: 500,
    exitCode: 2,
    title: "There is no workspace here",
    remedy: "Create one with `cartwright init`, or name one with `--workspace DIR`.",
  },
  workspace_exists: {
    status: 409,
    exitCode: 2,
    title: "There is a workspace here already",
    remedy: "Choose another folder, or remove this one first.",
  },
  workspace_busy: {
    status: 409,
    exitCode: 4,
    title: "Another process holds the workspace",
    remedy: "Wait for process {pid} to finish, or stop it, then run again.",
  },
  workspace_newer: {
    status: 500,
    exitCode: 4,
    title: "The workspace was written by a newer version",
    remedy: "Install Cartwright {version} or later, or restore a backup made by this version.",
  },
  backup_invalid: {
    status: 422,
    exitCode: 3,
    title: "This is no whole backup",
    remedy: "Name the folder of another backup; nothing has been changed.",
  },
  backup_newer: {
    status: 422,
    exitCode: 4,
    title: "The backup was made by a newer version",
    remedy: "Install Cartwright {version} or later; nothing has been changed.",
  },
  backup_exists: {
    status: 409,
    exitCode: 2,
    title: "There is something at the backup's place already",
    remedy: "Name another folder with `--out`; a backup never takes the place of another.",
  },
  backup_failed: {
    status: 500,
    exitCode: 4,
    title: "The backup could not be made or read",
    remedy: "Look at the reason above; nothing is left under the backup's name, and the workspace is as it was.",
  },
  schedule_unknown: {
    status: 404,
    exitCode: 2,
    title: "There is no such schedule",
    remedy: "Name one of those in `schedules` of cartwright.json: {names}.",
  },
  schedule_running: {
    status: 409,
    exitCode: 4,
    title: "The schedule is running already",
    remedy: "Wait until it is done; `cartwright schedules history {name}` says how it went.",
  },
  schedule_run_unknown: {
    status: 404,
    exitCode: 2,
    title: "There is no such run",
    remedy: "List the runs with `cartwright schedules history {name}`.",
  },
  workspace_not_empty: {
    status: 409,
    exitCode: 2,
    title: "The workspace is not empty",
    remedy:
      "Name an empty folder with `--workspace`, or give `--replace`: what is there is then kept aside until the backup is in its place.",
  },
} as const;

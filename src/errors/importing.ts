/** Errors of importing a file through the server, and of pulling from sources. */
export const importingErrors = {
  file_name_refused: {
    status: 400,
    exitCode: 2,
    title: "The file cannot have this name",
    remedy: "Give the plain name of the file, without folders: at most {most} characters.",
  },
  file_too_large: {
    status: 413,
    exitCode: 2,
    title: "The file is too large to be uploaded",
    remedy: "Raise `imports.max_file_bytes` in cartwright.json, or give the file's path to `cartwright import`.",
  },
  file_refused: {
    status: 403,
    exitCode: 2,
    title: "The file lies where nothing may be imported from",
    remedy: "Add its folder to `imports.folders` in cartwright.json, or move the file.",
  },
  import_busy: {
    status: 409,
    exitCode: 4,
    title: "Another file is being imported",
    remedy: "Wait until it is done, or ask {owner} to give it up.",
  },
  import_missing: {
    status: 404,
    exitCode: 2,
    title: "There is no such import",
    remedy: "It was finished or given up; choose the file again.",
  },
  import_state: {
    status: 409,
    exitCode: 2,
    title: "The import is not at that step",
    remedy: "Look at where it is; it goes from checking to loading to its result.",
  },
  pull_unknown: {
    status: 404,
    exitCode: 2,
    title: "There is no such source to pull from",
    remedy: "Name one of those in `pulls` of cartwright.json: {names}.",
  },
  pull_failed: {
    status: 502,
    exitCode: 4,
    title: "A source could not be pulled from",
    remedy: "Mend what is said and run `cartwright pull` again: it goes on where it was, nothing is lost or doubled.",
  },
} as const;

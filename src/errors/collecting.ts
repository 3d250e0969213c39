/** Errors of the door for events. */
export const collectingErrors = {
  collecting_busy: {
    status: 429,
    exitCode: 4,
    title: "More arrives than is loaded",
    remedy: "Send it again after the time in the Retry-After header; nothing of it was kept.",
  },
  collecting_later: {
    status: 503,
    exitCode: 4,
    title: "Events cannot be taken at the moment",
    remedy: "Send it again after the time in the Retry-After header; nothing of it was kept.",
  },
  request_too_large: {
    status: 413,
    exitCode: 2,
    title: "The request is too large",
    remedy: "Send it in parts: at most {most}.",
  },
  write_key_unknown: {
    status: 401,
    exitCode: 4,
    title: "The write key is missing, unknown or revoked",
    remedy:
      "Send a key made by `cartwright write-key create`, as the user of basic authentication or as writeKey in the body.",
  },
  origin_unknown: {
    status: 403,
    exitCode: 4,
    title: "Pages of this origin may not send events",
    remedy: "Add the origin to `collect.origins` in cartwright.json.",
  },
  tracking_plan_invalid: {
    status: 422,
    exitCode: 2,
    title: "The tracking plan is not right",
    remedy: "Mend the line named; the guide on tracking plans lists the words a plan may use.",
  },
  tracking_plan_missing: {
    status: 404,
    exitCode: 2,
    title: "There is no tracking plan",
    remedy: "Begin one with `cartwright plan draft`, and put it in place with `cartwright plan set FILE`.",
  },
} as const;

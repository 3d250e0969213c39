/** Errors of what is held about people. */
export const privacyErrors = {
  person_unknown: {
    status: 404,
    exitCode: 3,
    title: "Nothing is held about this person",
    remedy: "Look for the id as the shop's files and events write it, or name the e-mail address.",
  },
  identity_entry_unknown: {
    status: 404,
    exitCode: 3,
    title: "There is no such entry to undo",
    remedy: "List the entries with `cartwright identity history`.",
  },
  person_needed: {
    status: 409,
    exitCode: 3,
    title: "Orders of this person are under way",
    remedy: "Send or cancel these orders, then erase again; nothing has been changed.",
  },
} as const;

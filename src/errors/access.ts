/** What the guard refuses: nobody signed in, too small a role, a token that does not cover it, a foreign page. */

export const accessErrors = {
  not_signed_in: {
    status: 401,
    exitCode: 4,
    title: "You are not signed in",
    remedy: "Get a sign-in link with `cartwright link`, or send a token as `Authorization: Bearer`.",
  },
  not_allowed: {
    status: 403,
    exitCode: 4,
    title: "That is not allowed",
    remedy: "Ask someone with the {role} role.",
  },
  token_expired: {
    status: 401,
    exitCode: 4,
    title: "The token has expired",
    remedy: "Make a new one with `cartwright token create`.",
  },
  scope_missing: {
    status: 403,
    exitCode: 4,
    title: "The token's scopes do not cover this",
    remedy: "Send a token {hint}.",
  },
  outlives_token: {
    status: 403,
    exitCode: 4,
    title: "A token cannot make what outlives it",
    remedy: "Give an earlier end, or do it signed in or with a token without an end.",
  },
  user_exists: {
    status: 409,
    exitCode: 2,
    title: "There is such a user already",
    remedy: "Choose another name or address; for a new link to choose a password: `cartwright user link {id}`.",
  },
  user_disabled: {
    status: 409,
    exitCode: 2,
    title: "The user is disabled",
    remedy: "Enable the user first: `cartwright user enable {id}`.",
  },
  password_refused: {
    status: 422,
    exitCode: 2,
    title: "The password is not taken",
    remedy: "Choose another one: several words that nobody else would put together.",
  },
  too_many_questions: {
    status: 429,
    exitCode: 4,
    title: "Too many of your questions are waiting",
    remedy: "Ask again after the time in the Retry-After header; those that wait are answered one after the other.",
  },
  request_refused: {
    status: 403,
    exitCode: 4,
    title: "The request was refused",
    remedy: "Send it from the dashboard's own address, with its CSRF token.",
  },
} as const;

import { plainPage } from "./plain-page.ts";

/** The page shown to someone who is not signed in. */
export const signInPage = (message = "Sign in to see this shop."): string =>
  plainPage(
    message,
    "Open the sign-in link that the terminal printed when Cartwright started. Each link works once. For a new one, run this in the shop's folder:",
    "npx cartwright link",
  );

import { Button, Code } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";

/** Shown when the session has ended while the dashboard was open: back to the page that signs in, and from there back here. */
export function SignIn() {
  const { href } = useLocation();
  return (
    <main className="alone">
      <section className="sign-in" aria-labelledby="sign-in-title">
        <img src="/icon.svg" alt="" width={40} height={40} />
        <h1 id="sign-in-title">Sign in to Cartwright</h1>
        <p>You are not signed in any more. Sign in, and this page opens again.</p>
        <Button component="a" href={`/sign-in?${new URLSearchParams({ to: href })}`}>
          Sign in
        </Button>
        <p className="muted">
          With a link instead: run <Code>cartwright link</Code> on the machine that runs Cartwright, and open the
          address it prints in this browser.
        </p>
      </section>
    </main>
  );
}

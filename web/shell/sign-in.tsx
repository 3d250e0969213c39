import { Button, Code } from "@mantine/core";

/** Shown when nobody is signed in: how to get a link, since there are no passwords. */
export function SignIn() {
  return (
    <main className="alone">
      <section className="sign-in" aria-labelledby="sign-in-title">
        <img src="/icon.svg" alt="" width={40} height={40} />
        <h1 id="sign-in-title">Sign in to Cartwright</h1>
        <p>
          Sign-in links are printed by the server. A link works once; this browser then stays signed in for 30 days.
        </p>
        <ol>
          <li>
            In a terminal on the machine that runs Cartwright: <Code>cartwright link</Code>
          </li>
          <li>Open the address it prints in this browser.</li>
        </ol>
        <p className="muted">No access to that machine? Ask whoever runs the server to send you a link.</p>
        <Button onClick={() => window.location.reload()}>I have opened the link</Button>
      </section>
    </main>
  );
}

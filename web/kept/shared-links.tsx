import { Button, NumberInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CopyableLink } from "../components/copyable-link.tsx";
import { dayText } from "../format-dates.ts";
import { pageOf } from "../pages/registry.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { placeWords } from "./place-words.ts";
import { type SharedLink, useChange, useHere, useRefusal, useSharedLinks } from "./use-kept.ts";

const unshared = /^(home|data|segments|experiments|boards|people)$/;

/** What the cards of the page ask now: a link answers these questions and no others. */
function useQuestions(): () => readonly { readonly analysis: string; readonly query: string }[] {
  const client = useQueryClient();
  return () =>
    client
      .getQueryCache()
      .findAll({ queryKey: ["analysis"], type: "active" })
      .filter((query) => query.state.status !== "error")
      .map(({ queryKey }) => ({ analysis: String(queryKey[1]), query: String(queryKey[2]) }));
}

function LinkForm() {
  const { shop } = useWorkspace();
  const { page, search } = useHere();
  const questions = useQuestions();
  const change = useChange("shares");
  const [title, setTitle] = useState(`${shop.name}: ${pageOf(page)?.label ?? page}`);
  const [days, setDays] = useState<number | string>(30);
  const [address, setAddress] = useState<string | null>(null);
  const [problem, attempt] = useRefusal();
  const make = () =>
    attempt(async () => {
      const { first_day, last_day } = shop;
      const body = { title, page, search, days: Number(days), first_day, last_day, questions: questions() };
      const { path } = await change<{ readonly path: string }>("POST", "/shares", body);
      setAddress(`${window.location.origin}${path}`);
    });
  return (
    <>
      <form
        className="kept-form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextInput
          size="sm"
          label="Share this page as"
          description={placeWords({ page, search })}
          value={title}
          maxLength={80}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={problem}
        />
        <NumberInput size="sm" w={120} label="Days it works" min={1} max={365} value={days} onChange={setDays} />
        <Button size="sm" type="submit" disabled={title.trim() === "" || days === ""}>
          Make link
        </Button>
      </form>
      {address ? (
        <CopyableLink label="Link" description="Copy it now: it is not shown again." address={address} />
      ) : null}
    </>
  );
}

function LinkRow({ link }: { link: SharedLink }) {
  const change = useChange("shares");
  return (
    <li>
      <strong className="kept-title">{link.title}</strong>
      <span className="muted small">
        {placeWords(link)}, by {link.created_by}, until {dayText(link.expires_at.slice(0, 10))}
      </span>
      <span className="kept-actions">
        <button
          type="button"
          className="link-button"
          aria-label={`Revoke ${link.title}`}
          onClick={() => void change("DELETE", `/shares/${link.id}`)}
        >
          Revoke
        </button>
      </span>
    </li>
  );
}

/** Links that show this page to people without an account, and those there are. */
export function SharedLinks() {
  const { page } = useHere();
  const rows = useSharedLinks(true).data?.rows ?? [];
  return (
    <section className="kept-part" aria-labelledby="kept-links">
      <h3 id="kept-links">Shared links</h3>
      <p className="muted small">
        Whoever has the link sees this page with this period and these filters, without an account, and nothing else of
        the shop. Its days stay those of today.
      </p>
      {unshared.test(page) ? (
        <p className="muted small">{pageOf(page)?.label} cannot be shared: it shows more than charts.</p>
      ) : (
        <LinkForm />
      )}
      <ul className="kept-list">
        {rows.map((link) => (
          <LinkRow key={link.id} link={link} />
        ))}
      </ul>
    </section>
  );
}

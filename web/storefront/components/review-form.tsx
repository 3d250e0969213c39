import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { send } from "../store-api.ts";
import { useAction } from "../use-action.ts";
import { Field } from "./field.tsx";
import { Refusal } from "./refusal.tsx";

interface Suggestion {
  readonly sentiment: number;
  readonly suggested_rating: number;
}

const stars = [1, 2, 3, 4, 5] as const;
const sounds = (sentiment: number): string =>
  sentiment >= 0.2 ? "positive" : sentiment <= -0.2 ? "negative" : "mixed";

/** Text that has rested for a moment, so that not every letter asks the server. */
function useRested(text: string, ms: number): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return rested;
}

/** A review with stars that are suggested from its words until the writer chooses their own. */
export function ReviewForm({ articleId, name }: { articleId: number; name: string }) {
  const client = useQueryClient();
  const action = useAction();
  const [title, setTitle] = useState("");
  const [body, setBody] = useState("");
  const [own, setOwn] = useState<number | null>(null);
  const [isSent, setSent] = useState(false);
  const rested = useRested(body.trim(), 400);
  const suggestion = useQuery({
    queryKey: ["suggestion", title, rested],
    queryFn: () => send<Suggestion>("POST", "/reviews/suggestion", { title, body: rested }),
    enabled: rested.length >= 10 && !isSent,
    placeholderData: (before) => before,
  });
  const suggested = rested.length >= 10 ? (suggestion.data?.suggested_rating ?? null) : null;
  const rating = own ?? suggested;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isKept = await action.run(() =>
      send("POST", `/articles/${articleId}/reviews`, { rating, title, body: body.trim() }),
    );
    if (!isKept) return;
    setSent(true);
    await client.invalidateQueries({ queryKey: ["own-reviews"] });
  };
  if (isSent)
    return (
      <p className="notice" role="status">
        Thank you. Your review is shown here once someone of the shop has read it.
      </p>
    );
  return (
    <form className="form review-form" onSubmit={(event) => void submit(event)}>
      <h3>Your review of {name}</h3>
      <Field label="Title" value={title} onChange={setTitle} maxLength={200} required={false} />
      <div className="field">
        <label htmlFor="review-body">What do you think of it?</label>
        <textarea
          id="review-body"
          rows={4}
          maxLength={5000}
          required
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
      </div>
      <fieldset className="rating-choice">
        <legend>Stars</legend>
        {stars.map((star) => (
          <label key={star} className={rating === star ? "chosen" : ""}>
            <input type="radio" name="rating" checked={rating === star} onChange={() => setOwn(star)} />
            {star}
          </label>
        ))}
        <output aria-live="polite" className="small muted">
          {suggested === null || suggestion.data === undefined
            ? "Stars are suggested while you write."
            : own === null
              ? `Your words sound ${sounds(suggestion.data.sentiment)}: ${suggested} stars suggested. Choose others if you like.`
              : `You chose ${own}; your words suggest ${suggested}.`}
        </output>
      </fieldset>
      <Refusal error={action.error} />
      <button type="submit" className="button primary" disabled={action.isBusy || body.trim() === ""}>
        Send the review
      </button>
    </form>
  );
}

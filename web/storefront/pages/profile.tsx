import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Addresses, useAddresses } from "../components/addresses.tsx";
import { Failure } from "../components/failure.tsx";
import { Field } from "../components/field.tsx";
import { MailConsent } from "../components/mail-consent.tsx";
import { Points, usePoints } from "../components/points.tsx";
import { Refusal } from "../components/refusal.tsx";
import { SignInFirst } from "../components/sign-in-first.tsx";
import { Stars } from "../components/stars.tsx";
import type { OwnReview, Page, Profile, Statistics } from "../shop-types.ts";
import { get, send } from "../store-api.ts";
import { useAction } from "../use-action.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted, countText, dayText } from "../words.ts";

/** The shopper's own page: standing, figures, points, reviews, addresses, name. */
export function ProfilePage() {
  useTitle("Your account");
  const { session } = useShop();
  if (!session.shopper) return <SignInFirst title="Your account" why="to see your account" next="/profile" />;
  return <Own />;
}

const useStatistics = () => useQuery({ queryKey: ["statistics"], queryFn: () => get<Statistics>("/statistics") });
const useOwnReviews = () => useQuery({ queryKey: ["own-reviews"], queryFn: () => get<Page<OwnReview>>("/reviews") });

function Own() {
  const { refresh } = useShop();
  const navigate = useNavigate();
  const action = useAction();
  const profile = useQuery({ queryKey: ["profile"], queryFn: () => get<Profile>("/profile") });
  // All at once, and shown together: parts that come one by one would push each other about.
  const parts = [useStatistics(), usePoints(), useOwnReviews(), useAddresses()];
  if (profile.error) return <Failure error={profile.error} onRetry={() => void profile.refetch()} />;
  if (!profile.data || parts.some((part) => part.isPending))
    return <div className="page page-wait" aria-hidden="true" />;
  const signOut = (): void =>
    void action.run(async () => {
      await send("POST", "/sign-out");
      await refresh();
      await navigate({ to: "/" });
    });
  return (
    <div className="page">
      <header className="profile-head">
        <div>
          <h1>{profile.data.name === "" ? "Your account" : profile.data.name}</h1>
          <p className="muted">
            {profile.data.email}, since {dayText(profile.data.registered_at)}
          </p>
        </div>
        <div className="actions">
          <Link className="button" to="/orders">
            Orders
          </Link>
          <button type="button" className="button" disabled={action.isBusy} onClick={signOut}>
            Sign out
          </button>
        </div>
      </header>
      <Refusal error={action.error} />
      {profile.data.is_verified ? null : <Unverified />}
      <Figures profile={profile.data} />
      <div className="halves">
        <Points />
        <OwnReviews />
        <Addresses />
        <Details profile={profile.data} />
      </div>
    </div>
  );
}

function Unverified() {
  const action = useAction();
  const [isSent, setSent] = useState(false);
  return (
    <div className="notice">
      <p>
        {isSent
          ? "The mail is on its way."
          : "Your address is not confirmed yet. Open the link of the mail we sent you."}
      </p>
      <Refusal error={action.error} />
      {isSent ? null : (
        <button
          type="button"
          className="button"
          disabled={action.isBusy}
          onClick={() => void action.run(() => send("POST", "/verify/mail")).then(setSent)}
        >
          Send it again
        </button>
      )}
    </div>
  );
}

function Figures({ profile }: { profile: Profile }) {
  const { money } = useShop();
  const statistics = useStatistics();
  const known = statistics.data;
  const score = Math.round(profile.loyalty_score);
  return (
    <section className="figures" aria-label="Your figures">
      <div>
        <span className="muted">Loyalty score</span>
        <strong className="big figure">{score} of 100</strong>
        <meter min={0} max={100} value={score} aria-label={`Loyalty score, ${score} of 100`} />
      </div>
      <div>
        <span className="muted">Points</span>
        <strong className="big figure">{countText(profile.point_count)}</strong>
      </div>
      <div>
        <span className="muted">Orders</span>
        <strong className="big figure">{known ? countText(known.order_count) : "–"}</strong>
        <span className="small muted">
          {known?.first_order_at ? `first on ${dayText(known.first_order_at)}` : "none yet"}
        </span>
      </div>
      <div>
        <span className="muted">Spent, after returns</span>
        <strong className="big figure">{known ? money(known.spent_minor) : "–"}</strong>
        <span className="small muted">
          {known?.average_order_minor ? `${money(known.average_order_minor)} an order` : ""}
        </span>
      </div>
      <div>
        <span className="muted">Bought most</span>
        <strong className="big">{known?.favourite_type ?? "–"}</strong>
        <span className="small muted">{known ? `${counted(known.unit_count, "unit")} in all` : ""}</span>
      </div>
    </section>
  );
}

const reviewWords = { pending: "being read by the shop", approved: "shown", rejected: "not shown" } as const;

function OwnReviews() {
  const reviews = useOwnReviews();
  return (
    <section className="card">
      <h2>Your reviews</h2>
      {reviews.data?.rows.length === 0 ? <p className="muted">None yet. Each approved one earns points.</p> : null}
      <ul className="plain">
        {reviews.data?.rows.map((review) => (
          <li key={review.review_id}>
            <Link to={`/article/${review.article_id}`}>{review.article_name}</Link> <Stars rating={review.rating} />
            <p>{review.body}</p>
            <p className="small muted">
              {dayText(review.created_at)}, {reviewWords[review.status]}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Details({ profile }: { profile: Profile }) {
  const client = useQueryClient();
  const action = useAction();
  const [name, setName] = useState(profile.name);
  const [bornOn, setBornOn] = useState(profile.born_on ?? "");
  const [acceptsMail, setAcceptsMail] = useState(profile.accepts_mail);
  const [isSaved, setSaved] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isKept = await action.run(() =>
      send("PATCH", "/profile", {
        name: name.trim(),
        born_on: bornOn === "" ? null : bornOn,
        accepts_mail: acceptsMail,
      }),
    );
    setSaved(isKept);
    await client.invalidateQueries({ queryKey: ["profile"] });
  };
  return (
    <form className="card form" onSubmit={(event) => void submit(event)}>
      <h2>Details</h2>
      <Field label="Name" autoComplete="name" maxLength={200} required={false} value={name} onChange={setName} />
      <Field label="Birthday" type="date" autoComplete="bday" required={false} value={bornOn} onChange={setBornOn} />
      <MailConsent value={acceptsMail} onChange={setAcceptsMail} />
      <Refusal error={action.error} />
      <button type="submit" className="button" disabled={action.isBusy}>
        Save
      </button>
      <output aria-live="polite" className="small">
        {isSaved ? "Saved." : ""}
      </output>
    </form>
  );
}

import { Link } from "@tanstack/react-router";

interface Props {
  readonly title: string;
  readonly why: string;
  /** Where to go on afterwards. */
  readonly next: string;
}

/** A page that needs an account, to someone who is not signed in. */
export const SignInFirst = ({ title, why, next }: Props) => (
  <div className="page narrow">
    <h1>{title}</h1>
    <div className="empty">
      <p className="notice-what">Sign in {why}.</p>
      <div className="actions">
        <Link className="button primary" to="/sign-in" search={{ next }}>
          Sign in
        </Link>
        <Link className="button" to="/sign-up" search={{ next }}>
          Open an account
        </Link>
      </div>
    </div>
  </div>
);

import { Link } from "@tanstack/react-router";

/** An address no page has. */
export function NotFound() {
  return (
    <div className="page">
      <p className="lead">There is no page at this address.</p>
      <p>
        <Link to="/">Go to the overview</Link>, or press Ctrl K to search.
      </p>
    </div>
  );
}

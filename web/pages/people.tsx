import "../styles/desk.css";
import "../styles/kept.css";
import "../styles/people.css";
import "../styles/segments.css";
import { useEffect } from "react";
import { EmptyState } from "../components/states.tsx";
import { AuditCard } from "../people/audit-card.tsx";
import { SessionsCard } from "../people/sessions-card.tsx";
import { TokensCard } from "../people/tokens-card.tsx";
import { useSessions, useUsers } from "../people/use-people.ts";
import { UsersCard } from "../people/users-card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";

function Lead() {
  const { shop, format } = useWorkspace();
  const users = useUsers();
  const sessions = useSessions();
  if (!users.data || !sessions.data) return <p className="lead">Who may use {shop.name}, and who did what.</p>;
  const active = users.data.rows.filter(({ state }) => state === "active").length;
  const admins = users.data.rows.filter(({ state, role }) => state === "active" && role === "admin").length;
  const browsers = sessions.data.rows.length;
  return (
    <p className="lead">
      {active === 0
        ? `No user signs in to ${shop.name} yet`
        : `${format.count(active)} ${active === 1 ? "user" : "users"} of ${shop.name} can sign in, ${format.count(admins)} of them as admin`}
      ; {format.count(browsers)} {browsers === 1 ? "browser is" : "browsers are"} signed in.
    </p>
  );
}

/** People: users, their sessions, tokens of programs, and the audit log. For admins. */
export function PeoplePage() {
  const { shop, session } = useWorkspace();
  useEffect(() => {
    document.title = `People – ${shop.name} – Cartwright`;
  }, [shop.name]);
  if (session.user.role !== "admin")
    return (
      <div className="page">
        <h1 className="sr-only">People</h1>
        <EmptyState what="This page is for admins." step="Ask someone with the admin role for what you need." />
      </div>
    );
  return (
    <div className="page people">
      <h1 className="sr-only">People</h1>
      <Lead />
      <div className="grid">
        <UsersCard />
        <SessionsCard />
        <TokensCard />
        <AuditCard />
      </div>
    </div>
  );
}

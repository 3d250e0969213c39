import { Card } from "../components/card.tsx";
import { DeskTable } from "../desk/desk-table.tsx";
import { instantText } from "../format-dates.ts";
import { useChange } from "../kept/use-kept.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { browserWords } from "./browser-words.ts";
import { useSessions } from "./use-people.ts";

const wayWords = { link: "with a sign-in link", password: "with a password", provider: "with single sign-on" } as const;

/** Browsers that are signed in, to be signed out one by one or a user at a time. */
export function SessionsCard() {
  const { shop } = useWorkspace();
  const sessions = useSessions();
  const change = useChange("sessions", "audit");
  const counts = new Map<string, number>();
  for (const { user_id } of sessions.data?.rows ?? [])
    if (user_id !== null) counts.set(user_id, (counts.get(user_id) ?? 0) + 1);
  return (
    <Card title="Sessions" subtitle="Browsers that are signed in, for 30 days at most" size="full">
      <DeskTable
        name="Sessions"
        answer={sessions}
        keyOf={({ id }) => id}
        empty={{ what: "Nobody is signed in.", step: "Programs with a token have no session." }}
        columns={[
          {
            label: "Who",
            show: ({ name, signed_in_with }) => (
              <>
                <strong>{name}</strong>
                <div className="muted small">{wayWords[signed_in_with]}</div>
              </>
            ),
          },
          { label: "Role", show: ({ role }) => role },
          {
            label: "Browser",
            show: ({ user_agent, is_this }) => (
              <span title={user_agent}>
                {browserWords(user_agent)}
                {is_this ? " (this one)" : ""}
              </span>
            ),
          },
          { label: "Signed in", show: ({ started_at }) => instantText(started_at, shop.time_zone) },
          { label: "Last seen", show: ({ last_seen_at }) => instantText(last_seen_at, shop.time_zone) },
          {
            label: "Actions",
            show: ({ id, user_id, name }) => (
              <div className="segment-actions">
                <button
                  type="button"
                  className="link-button"
                  aria-label={`Sign out this browser of ${name}`}
                  onClick={() => void change("DELETE", `/sessions/${id}`)}
                >
                  Sign out
                </button>
                {user_id !== null && (counts.get(user_id) ?? 0) > 1 ? (
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`Sign out ${name} everywhere`}
                    onClick={() => void change("DELETE", `/users/${user_id}/sessions`)}
                  >
                    Everywhere
                  </button>
                ) : null}
              </div>
            ),
          },
        ]}
      />
    </Card>
  );
}

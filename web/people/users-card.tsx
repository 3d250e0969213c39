import { useState } from "react";
import { Card } from "../components/card.tsx";
import { CopyableLink } from "../components/copyable-link.tsx";
import { DeskTable } from "../desk/desk-table.tsx";
import { instantText } from "../format-dates.ts";
import { useChange, useRefusal } from "../kept/use-kept.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { InviteForm } from "./invite-form.tsx";
import { RoleSelect } from "./role-select.tsx";
import { type MadeLink, type User, useUsers } from "./use-people.ts";

const stateWords: Readonly<Record<User["state"], string>> = {
  active: "Active",
  disabled: "Disabled",
  invited: "Invited",
};

interface Shown extends MadeLink {
  readonly name: string;
}

/** Users with their roles; each is invited, gets a new link, is shut out or let in again. */
export function UsersCard() {
  const { shop } = useWorkspace();
  const users = useUsers();
  const change = useChange("users", "sessions", "audit");
  const [shown, setShown] = useState<Shown | null>(null);
  const [refusal, attempt] = useRefusal();
  const changeUser = (id: string, body: object) =>
    void attempt(async () => void (await change("POST", `/users/${id}`, body)));
  const renew = ({ id, name }: User) =>
    void attempt(async () => setShown({ name, ...(await change<MadeLink>("POST", `/users/${id}/link`)) }));
  const at = (instant: string | null) => (instant === null ? "–" : instantText(instant, shop.time_zone));
  const state = ({ state, link_expires_at }: User): string =>
    state === "invited" && link_expires_at === null ? "Invited, link too old" : stateWords[state];
  return (
    <Card title="Users" subtitle="Who may sign in, and what each may do" size="full">
      <InviteForm onMade={(name, made) => setShown({ name, ...made })} />
      {shown ? (
        <CopyableLink
          label="Link"
          description={`For ${shown.name}, to choose a password. Copy it now: it is not shown again. It works once, until ${at(shown.expires_at)}.`}
          address={`${window.location.origin}${shown.path}`}
        />
      ) : null}
      {refusal ? (
        <p className="people-refusal" role="alert">
          {refusal}
        </p>
      ) : null}
      <DeskTable
        name="Users"
        answer={users}
        keyOf={({ id }) => id}
        empty={{ what: "No users yet.", step: "Invite the first one above. Until then people sign in with links." }}
        columns={[
          {
            label: "User",
            show: ({ name, email }) => (
              <>
                <strong>{name}</strong>
                <div className="muted small">{email}</div>
              </>
            ),
          },
          {
            label: "Role",
            show: ({ id, name, role }) => (
              <RoleSelect of={name} role={role} onChange={(chosen) => changeUser(id, { role: chosen })} />
            ),
          },
          { label: "State", show: state },
          { label: "Last sign-in", show: ({ last_sign_in_at }) => at(last_sign_in_at) },
          { label: "Made", show: ({ created_at, created_by }) => `${at(created_at)}, by ${created_by}` },
          {
            label: "Actions",
            show: (user) => {
              const isDisabled = user.state === "disabled";
              return (
                <div className="segment-actions">
                  {isDisabled ? null : (
                    <button
                      type="button"
                      className="link-button"
                      aria-label={`New link for ${user.name}`}
                      onClick={() => renew(user)}
                    >
                      New link
                    </button>
                  )}
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`${isDisabled ? "Enable" : "Disable"} ${user.name}`}
                    onClick={() => changeUser(user.id, { is_disabled: !isDisabled })}
                  >
                    {isDisabled ? "Enable" : "Disable"}
                  </button>
                </div>
              );
            },
          },
        ]}
      />
    </Card>
  );
}

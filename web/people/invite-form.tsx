import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useChange, useRefusal } from "../kept/use-kept.ts";
import { RoleSelect } from "./role-select.tsx";
import type { MadeLink } from "./use-people.ts";

/** Makes a user, and hands up the link with which the person chooses a password. */
export function InviteForm({ onMade }: { onMade: (name: string, made: MadeLink) => void }) {
  const change = useChange("users", "audit");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("viewer");
  const [problem, attempt] = useRefusal();
  const invite = () =>
    attempt(async () => {
      onMade(name, await change<MadeLink>("POST", "/users", { name, email, role }));
      setName("");
      setEmail("");
    });
  return (
    <form
      className="desk-form"
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <TextInput
        size="sm"
        label="Name"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem}
      />
      <TextInput
        size="sm"
        type="email"
        label="E-mail address"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <RoleSelect role={role} onChange={setRole} />
      <Button size="sm" type="submit" disabled={name.trim() === "" || email.trim() === ""}>
        Invite
      </Button>
    </form>
  );
}

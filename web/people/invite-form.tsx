import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useChange, useRefusal } from "../kept/use-kept.ts";
import { type MadeLink, roleChoices } from "./use-people.ts";

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
      <Select
        size="sm"
        label="Role"
        data={roleChoices}
        allowDeselect={false}
        value={role}
        onChange={(chosen) => setRole(chosen ?? "viewer")}
      />
      <Button size="sm" type="submit" disabled={name.trim() === "" || email.trim() === ""}>
        Invite
      </Button>
    </form>
  );
}

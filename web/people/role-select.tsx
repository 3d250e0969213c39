import { Select } from "@mantine/core";

const choices = [
  { value: "viewer", label: "Viewer" },
  { value: "analyst", label: "Analyst" },
  { value: "admin", label: "Admin" },
] as const;

interface Props {
  readonly role: string;
  readonly onChange: (role: string) => void;
  /** Whose role it is, in a table where the label is the column's. */
  readonly of?: string;
}

/** What a person or program may do. */
export const RoleSelect = ({ role, onChange, of }: Props) => (
  <Select
    {...(of === undefined ? { size: "sm", label: "Role" } : { size: "xs", w: 112, "aria-label": `Role of ${of}` })}
    data={choices}
    allowDeselect={false}
    value={role}
    onChange={(chosen) => chosen && chosen !== role && onChange(chosen)}
  />
);

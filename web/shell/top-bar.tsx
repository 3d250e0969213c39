import { Button, Menu } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconSearch, IconUser } from "@tabler/icons-react";
import { Bell } from "../alerts/bell.tsx";
import type { Session } from "../api.ts";
import { KeptButton } from "../kept/kept-button.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { Freshness } from "./freshness.tsx";
import { PeriodPicker } from "./period-picker.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";
import { useWorkspace } from "./workspace.tsx";

/** Ends the session on the server; this page then asks to sign in. */
async function signOut(session: Session): Promise<void> {
  await fetch("/sign-out", { method: "POST", headers: { "x-csrf-token": session.csrf_token } });
  window.location.assign("/sign-in");
}

function Person() {
  const { session, shop } = useWorkspace();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button
          type="button"
          className="icon-button"
          aria-label={`Signed in as ${session.user.name}`}
          title={session.user.name}
        >
          <IconUser size={18} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.user.name}, {session.user.role}
        </Menu.Label>
        <Menu.Item component="a" href="/docs">
          API reference
        </Menu.Item>
        <Menu.Item component="a" href="/gallery">
          Chart gallery
        </Menu.Item>
        <Menu.Label>
          {shop.name}, {shop.currency}, {shop.time_zone}
        </Menu.Label>
        <Menu.Divider />
        {session.has_password ? (
          <Menu.Item component="a" href="/password">
            Change password
          </Menu.Item>
        ) : null}
        <Menu.Item onClick={() => void signOut(session)}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Workspace, period, filters, search, freshness, theme and person: always in the same places. */
export function TopBar() {
  const { shop, coverage } = useWorkspace();
  return (
    <header className="top-bar">
      <div className="top-row">
        <div className="workspace">
          <strong>{shop.name}</strong>
          <span className="muted">{shop.currency}</span>
        </div>
        <div className="top-controls">
          {coverage ? <PeriodPicker coverage={coverage} /> : null}
          <FilterBar />
        </div>
        <div className="top-end">
          <KeptButton />
          <Button
            className="search-button"
            variant="default"
            size="compact-sm"
            leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />}
            onClick={spotlight.open}
            aria-label="Search Ctrl K"
            title="Search (Ctrl or Cmd K)"
          >
            <span className="wide-only">
              Search <kbd>Ctrl K</kbd>
            </span>
          </Button>
          <Freshness />
          <Bell />
          <ThemeToggle />
          <Person />
        </div>
      </div>
    </header>
  );
}

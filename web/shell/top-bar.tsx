import { Button, Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconMoon, IconSearch, IconSun, IconUser } from "@tabler/icons-react";
import { FilterBar } from "./filter-bar.tsx";
import { Freshness } from "./freshness.tsx";
import { PeriodPicker } from "./period-picker.tsx";
import { useWorkspace } from "./workspace.tsx";

function ThemeToggle() {
  const scheme = useComputedColorScheme("light");
  const { setColorScheme } = useMantineColorScheme();
  const isDark = scheme === "dark";
  const words = isDark ? "Light theme" : "Dark theme";
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={words}
      title={words}
      onClick={() => setColorScheme(isDark ? "light" : "dark")}
    >
      {isDark ? <IconSun size={18} stroke={1.5} aria-hidden /> : <IconMoon size={18} stroke={1.5} aria-hidden />}
    </button>
  );
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
          <Button
            className="search-button"
            variant="default"
            size="compact-sm"
            leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />}
            onClick={spotlight.open}
            aria-label="Search (Ctrl or Cmd K)"
          >
            <span className="wide-only">
              Search <kbd>Ctrl K</kbd>
            </span>
          </Button>
          <Freshness />
          <ThemeToggle />
          <Person />
        </div>
      </div>
    </header>
  );
}

import { Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { type PageInfo, pagesOf } from "../pages/registry.ts";
import { useCarriedSearch, useWorkspace } from "./workspace.tsx";

function PageLink({ page }: { page: PageInfo }) {
  const { pathname } = useLocation();
  const search = useCarriedSearch();
  const isHere = pathname === page.path || (page.path !== "/" && pathname.startsWith(`${page.path}/`));
  return (
    <Link
      to={page.path}
      search={search}
      className="rail-link"
      aria-current={isHere ? "page" : undefined}
      title={page.label}
    >
      <page.icon size={20} stroke={1.5} aria-hidden />
      <span>{page.label}</span>
    </Link>
  );
}

/** The pages on the left; only pictures below 1,200 px, with the words on hover and for screen readers. */
export function Rail() {
  const { shop, session } = useWorkspace();
  return (
    <nav className="rail" aria-label="Pages">
      <div className="rail-brand">
        <img src="/icon.svg" alt="" width={28} height={28} />
        <span>
          <strong>{shop.name}</strong>
          <small>Cartwright {shop.version}</small>
        </span>
      </div>
      {pagesOf(session.user.role).map((page) => (
        <PageLink key={page.name} page={page} />
      ))}
    </nav>
  );
}

const onBar = 4;

/** The pages along the bottom of a phone: the first four and the rest under "More". */
export function BottomBar() {
  const { pathname } = useLocation();
  const search = useCarriedSearch();
  const { session } = useWorkspace();
  const pages = pagesOf(session.user.role);
  const rest = pages.slice(onBar);
  return (
    <nav className="bottom-bar" aria-label="Pages">
      {pages.slice(0, onBar).map((page) => (
        <PageLink key={page.name} page={page} />
      ))}
      {rest.length > 0 ? (
        <Menu position="top-end" withinPortal>
          <Menu.Target>
            <button
              type="button"
              className="rail-link"
              aria-current={rest.some((page) => page.path === pathname) ? "page" : undefined}
            >
              <IconDots size={20} stroke={1.5} aria-hidden />
              <span>More</span>
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((page) => (
              <Menu.Item
                key={page.name}
                component={Link}
                {...({ to: page.path, search } as object)}
                leftSection={<page.icon size={16} stroke={1.5} />}
              >
                {page.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </nav>
  );
}

import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import type { CataloguePage } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { useShop } from "../use-shop.tsx";
import { Picture } from "./picture.tsx";

/** Search as one types: the best few below the box, all of them on Enter. A wrong letter still finds. */
export function SearchBox() {
  const { money } = useShop();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const given = useSearch({ strict: false }) as { q?: string };
  const [text, setText] = useState(given.q ?? "");
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const box = useRef<HTMLFormElement>(null);
  const id = useId();
  const wanted = useDeferredValue(text.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins with another search
  useEffect(() => setText(given.q ?? ""), [given.q, pathname]);
  const found = useQuery({
    queryKey: ["instant", wanted],
    queryFn: ({ signal }) =>
      get<CataloguePage>(`/catalogue?${new URLSearchParams({ q: wanted, limit: "6" })}`, {}, signal),
    enabled: isOpen && wanted.length >= 2,
    placeholderData: keepPreviousData,
  });
  const rows = wanted.length >= 2 ? (found.data?.rows ?? []) : [];
  const isListed = isOpen && wanted.length >= 2 && found.data !== undefined;
  const close = (): void => {
    setOpen(false);
    setChosen(-1);
  };
  const showAll = (): void => {
    close();
    if (text.trim() !== "") void navigate({ to: "/search", search: { q: text.trim() } });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const row = rows[chosen];
    if (!row || !isListed) {
      showAll();
      return;
    }
    close();
    void navigate({ to: `/article/${row.article_id}` });
  };
  const step = (event: KeyboardEvent): void => {
    if (event.key === "Escape") close();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const move = event.key === "ArrowDown" ? 1 : -1;
    setChosen((at) => (rows.length === 0 ? -1 : (at + move + rows.length + 1) % (rows.length + 1)));
  };
  return (
    <search className="search">
      <form
        ref={box}
        onSubmit={submit}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) close();
        }}
      >
        <IconSearch size={18} stroke={1.5} aria-hidden className="search-icon" />
        <input
          type="search"
          value={text}
          placeholder="Search jackets, denim, scarves"
          aria-label="Search the shop"
          role="combobox"
          aria-expanded={isListed}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 && rows[chosen] ? `${id}-${chosen}` : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(-1);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={step}
        />
        {isListed ? (
          <div className="search-found">
            <div id={`${id}-list`} role="listbox" aria-label="Articles found" tabIndex={-1}>
              {rows.map((row, at) => (
                <Link
                  key={row.article_id}
                  id={`${id}-${at}`}
                  role="option"
                  aria-selected={at === chosen}
                  to={`/article/${row.article_id}`}
                  tabIndex={-1}
                  className="search-row"
                  onClick={close}
                >
                  <Picture of={row} alt="" isFirst />
                  <span>{row.name}</span>
                  <span className="price">{money(row.price_minor)}</span>
                </Link>
              ))}
            </div>
            {rows.length === 0 ? (
              <p className="muted">Nothing is called that. Try fewer or other words.</p>
            ) : (
              <button type="button" className="link-button" onClick={showAll}>
                Show everything for “{text.trim()}”
              </button>
            )}
          </div>
        ) : null}
      </form>
    </search>
  );
}

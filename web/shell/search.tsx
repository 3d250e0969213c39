import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { getFilterValues, getGlossary } from "../api.ts";
import { useBoards } from "../boards/use-boards.ts";
import { useCatalogue } from "../own/use-catalogue.ts";
import { pageOf, pagesOf } from "../pages/registry.ts";
import { parseSearch } from "../search-params.ts";
import { valueText } from "../values.ts";
import { type FilterName, toggleFilter, valueFilterNames, writeView } from "../view-state.ts";
import { filterLabels } from "./filter-bar.tsx";
import { useView, useWorkspace } from "./workspace.tsx";

/** The values of the shop (brands, categories and so on) that match; none for a short query. */
function useMatchingValues(query: string) {
  return useQuery({
    queryKey: ["search-values", query],
    enabled: query.trim().length > 1,
    queryFn: async ({ signal }) => {
      const found = await Promise.all(
        valueFilterNames.map((name) => getFilterValues(name, query, signal).catch(() => ({ rows: [] }))),
      );
      return valueFilterNames.flatMap((name, index) =>
        (found[index]?.rows ?? []).slice(0, 4).map((row) => ({ name, ...row })),
      );
    },
  });
}

/** Ctrl or Cmd K: pages, boards, analyses, values to filter by, terms. */
export function Search() {
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const boards = useBoards();
  const { session } = useWorkspace();
  const [view, setView] = useView();
  const [query, setQuery] = useState("");
  const glossary = useQuery({
    queryKey: ["glossary"],
    queryFn: ({ signal }) => getGlossary(signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const values = useMatchingValues(query);
  const carried = (open: string | null): never =>
    parseSearch(writeView({ ...view, open, explain: null }).toString()) as never;
  const filterBy = (name: FilterName, value: string) =>
    setView((now) => (now.filters[name].includes(value) ? now : toggleFilter(now, name, value)));
  const actions: SpotlightActionGroupData[] = [
    {
      group: "Pages",
      actions: pagesOf(session.user.role).map((page) => ({
        id: `page-${page.name}`,
        label: page.label,
        leftSection: <page.icon size={18} stroke={1.5} />,
        onClick: () => void navigate({ to: page.path, search: carried(null) }),
      })),
    },
    {
      group: "Boards",
      actions: (boards.data?.rows ?? []).map(({ id, title }) => ({
        id: `board-${id}`,
        label: title,
        onClick: () => void navigate({ to: "/boards/$id", params: { id }, search: carried(null) }),
      })),
    },
    {
      group: "Analyses",
      actions: catalogue.flatMap((entry) => {
        const page = pageOf(entry.page);
        if (!page) return [];
        return [
          {
            id: `analysis-${entry.name}`,
            label: entry.title,
            description: entry.question,
            keywords: [entry.name, page.label],
            onClick: () => void navigate({ to: page.path, search: carried(entry.name) }),
          },
        ];
      }),
    },
    {
      group: "Filter by",
      actions: (values.data ?? []).map((row) => ({
        id: `value-${row.name}-${row.value}`,
        label: `${filterLabels[row.name]}: ${valueText(row.name, row.label)}`,
        keywords: [query],
        onClick: () => filterBy(row.name, row.value),
      })),
    },
    {
      group: "Terms",
      actions: (glossary.data?.rows ?? []).map((row) => ({
        id: `term-${row.term}`,
        label: row.term,
        description: row.definition,
        closeSpotlightOnTrigger: false,
      })),
    },
  ];
  return (
    <Spotlight
      actions={actions}
      // The shortcut works from inside a field too: a page with many of them would swallow it.
      tagsToIgnore={[]}
      query={query}
      onQueryChange={setQuery}
      nothingFound="Nothing matches. Try a page, an analysis, a brand, a category or a term."
      highlightQuery
      // Without a transition: what is typed while it opens would go nowhere.
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.45 }}
      scrollable
      maxHeight={440}
      limit={24}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.5} aria-hidden />,
        placeholder: "Pages, analyses, brands, categories, terms",
        "aria-label": "Search",
      }}
    />
  );
}

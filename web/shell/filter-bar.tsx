import { Button, Checkbox, Popover, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { IconFilter, IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getFilterValues } from "../api.ts";
import { valueText } from "../values.ts";
import { type FilterName, initialView, toggleFilter, type ValueFilterName, valueFilterNames } from "../view-state.ts";
import { LeftOut, TrafficToggle } from "./traffic-toggle.tsx";
import { useView, useWorkspace } from "./workspace.tsx";

export const filterLabels: Readonly<Record<FilterName, string>> = {
  category: "Category",
  brand: "Brand",
  channel: "Channel",
  country: "Country",
  segment: "Segment",
  traffic: "Traffic",
};

function Values({ name }: { name: ValueFilterName }) {
  const [view, setView] = useView();
  const { format } = useWorkspace();
  const [search, setSearch] = useState("");
  const values = useQuery({
    queryKey: ["filters", name, search],
    queryFn: ({ signal }) => getFilterValues(name, search, signal),
    placeholderData: keepPreviousData,
  });
  const rows = values.data?.rows ?? [];
  return (
    <Stack gap={8}>
      <TextInput
        size="sm"
        label={`Find a ${filterLabels[name].toLowerCase()}`}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      <Stack gap={6} className="filter-values">
        {rows.map((row) => (
          <Checkbox
            key={row.value}
            size="sm"
            checked={view.filters[name].includes(row.value)}
            onChange={() => setView((now) => toggleFilter(now, name, row.value))}
            label={
              <span className="filter-value">
                <span>{valueText(name, row.label) || "(empty)"}</span>
                <span className="muted figure">{row.row_count === null ? "" : format.countShort(row.row_count)}</span>
              </span>
            }
          />
        ))}
        {values.isSuccess && rows.length === 0 ? (
          <p className="muted small">
            {search
              ? `No ${filterLabels[name].toLowerCase()} matches “${search}”.`
              : `This shop records no ${filterLabels[name].toLowerCase()}.`}
          </p>
        ) : null}
        {values.isError ? (
          <p className="muted small">The list could not be loaded. Close and open it to try again.</p>
        ) : null}
      </Stack>
    </Stack>
  );
}

function AddFilter() {
  const [name, setName] = useState<ValueFilterName>("category");
  return (
    <Popover position="bottom-start" trapFocus width={360} shadow="md">
      <Popover.Target>
        <Button variant="default" size="compact-sm" leftSection={<IconFilter size={14} stroke={1.5} aria-hidden />}>
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <SegmentedControl
          fullWidth
          size="xs"
          mb={8}
          aria-label="What to filter by"
          value={name}
          onChange={(value) => setName(value as ValueFilterName)}
          data={valueFilterNames.map((value) => ({ value, label: filterLabels[value] }))}
        />
        <Values key={name} name={name} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** What the page is narrowed to, one chip per value; a click on a chip takes it away. */
export function FilterBar() {
  const [view, setView] = useView();
  const chips = valueFilterNames.flatMap((name) => view.filters[name].map((value) => ({ name, value })));
  return (
    <section className="filter-bar" aria-label="Filters">
      <AddFilter />
      <TrafficToggle />
      {chips.map(({ name, value }) => (
        <button
          key={`${name}-${value}`}
          type="button"
          className="chip"
          aria-label={`Remove filter ${filterLabels[name]} ${value}`}
          onClick={() => setView((now) => toggleFilter(now, name, value))}
        >
          <span className="muted">{filterLabels[name]}</span> {valueText(name, value) || "(empty)"}
          <IconX size={14} stroke={1.5} aria-hidden />
        </button>
      ))}
      {chips.length + view.filters.traffic.length > 1 ? (
        <button
          type="button"
          className="link-button"
          onClick={() => setView((now) => ({ ...now, filters: initialView.filters }))}
        >
          Clear all
        </button>
      ) : null}
      <LeftOut />
    </section>
  );
}

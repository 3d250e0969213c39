import { Skeleton } from "@mantine/core";

/** The shape of a page that is on its way. */
export function Waiting() {
  return (
    <output className="page" aria-label="Loading">
      <Skeleton height={28} width="60%" radius={6} />
      <Skeleton height={120} radius={10} />
      <Skeleton height={360} radius={10} />
    </output>
  );
}

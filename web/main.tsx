import "@fontsource-variable/inter/index.css";
import "@mantine/core/styles.css";
import "@mantine/spotlight/styles.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/card.css";
import "./styles/table.css";
import "./styles/print.css";
import { MantineProvider } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ProblemError } from "./api.ts";
import { router } from "./router.tsx";
import { cssVariables, theme } from "./theme.ts";

/** Answers change only when data arrives, so they stay fresh for a minute; refusals are not tried again. */
const queries: QueryClient = new QueryClient({
  // A session that ended is noticed by whatever asks first; asking for it again brings the sign-in screen.
  queryCache: new QueryCache({
    onError: (error, query) => {
      const isSignedOut = error instanceof ProblemError && error.problem.status === 401;
      if (isSignedOut && query.queryKey[0] !== "session") void queries.invalidateQueries({ queryKey: ["session"] });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 1 && !(error instanceof ProblemError && error.problem.status < 500),
    },
  },
});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

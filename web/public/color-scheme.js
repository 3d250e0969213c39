// Sets the colour scheme before the first paint, so that a dark screen never flashes white. Kept outside the bundle
// because the content security policy allows no inline script.
(() => {
  const stored = localStorage.getItem("mantine-color-scheme-value");
  const isDark = stored === "dark" || (stored !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", isDark ? "dark" : "light");
})();

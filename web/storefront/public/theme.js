// Sets the theme before the first paint. Outside the bundle because the content security policy allows no inline script.
(() => {
  const stored = localStorage.getItem("cartwright-shop-theme");
  const isDark = stored === "dark" || (stored !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-theme", isDark ? "dark" : "light");
})();

import { IconMoon, IconSun } from "@tabler/icons-react";
import { useState } from "react";

const current = (): string => document.documentElement.getAttribute("data-theme") ?? "light";

/** Light or dark; kept in this browser. */
export function ThemeButton() {
  const [theme, setTheme] = useState(current);
  const other = theme === "dark" ? "light" : "dark";
  const change = (): void => {
    document.documentElement.setAttribute("data-theme", other);
    localStorage.setItem("cartwright-shop-theme", other);
    setTheme(other);
  };
  return (
    <button type="button" className="link-button" onClick={change}>
      {theme === "dark" ? (
        <IconSun size={18} stroke={1.5} aria-hidden />
      ) : (
        <IconMoon size={18} stroke={1.5} aria-hidden />
      )}
      {theme === "dark" ? "Light" : "Dark"} theme
    </button>
  );
}

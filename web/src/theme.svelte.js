// Dark, light, or as the system says; the choice is remembered in this browser.
import { kept } from "./kept.js";

const key = "rheo-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const chosen = kept(() => localStorage.getItem(key));

export const theme = $state({ dark: chosen ? chosen === "dark" : system.matches });

export function toggleTheme() {
  theme.dark = !theme.dark;
  kept(() => (theme.dark === system.matches ? localStorage.removeItem(key) : localStorage.setItem(key, theme.dark ? "dark" : "light")));
}

system.addEventListener("change", (event) => {
  if (!kept(() => localStorage.getItem(key))) theme.dark = event.matches;
});

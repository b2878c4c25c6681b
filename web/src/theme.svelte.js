// Dark, light, or as the system says; the choice is remembered in this browser.
const key = "rheo-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const chosen = localStorage.getItem(key);

export const theme = $state({ dark: chosen ? chosen === "dark" : system.matches });

export function toggleTheme() {
  theme.dark = !theme.dark;
  if (theme.dark === system.matches) localStorage.removeItem(key);
  else localStorage.setItem(key, theme.dark ? "dark" : "light");
}

system.addEventListener("change", (event) => {
  if (!localStorage.getItem(key)) theme.dark = event.matches;
});

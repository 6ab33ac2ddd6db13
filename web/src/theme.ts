/** The theme, light or dark: that of the system until the reader chooses one. */

import { loadSetting, saveSetting } from "./settings";

const SETTING = "scorebridge.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

export type Theme = "light" | "dark";

export function theme(): Theme {
  const chosen = loadSetting(SETTING);
  return chosen === "light" || chosen === "dark" ? chosen : system.matches ? "dark" : "light";
}

export function applyTheme(): void {
  document.documentElement.dataset.theme = theme();
  dispatchEvent(new Event("themechange"));
}

export function switchTheme(): void {
  saveSetting(SETTING, theme() === "dark" ? "light" : "dark");
  applyTheme();
}

system.addEventListener("change", applyTheme);

/** Returns the value of a token of styles/tokens.css, for drawing on a canvas. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

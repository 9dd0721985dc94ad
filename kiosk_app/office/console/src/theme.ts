// Light, dark or as the computer has it.
import { signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark";

const KEPT = "console.theme";
const ORDER: readonly Theme[] = ["auto", "light", "dark"];

function kept(): Theme {
  const found = localStorage.getItem(KEPT);
  return ORDER.find((theme) => theme === found) ?? "auto";
}

export const theme = signal<Theme>(kept());

export function applyTheme(): void {
  document.documentElement.dataset["theme"] = theme.value;
}

export function nextTheme(): void {
  theme.value = ORDER[(ORDER.indexOf(theme.value) + 1) % ORDER.length] ?? "auto";
  localStorage.setItem(KEPT, theme.value);
}

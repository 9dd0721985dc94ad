// Words in the agent's language. Text stands in the code as its English id, given to t(), and
// its translation in i18n/<language>/LC_MESSAGES/kiosk.po.
import { signal } from "@preact/signals";
import catalogues from "virtual:catalogues";
import { filled } from "./filled";

const KEPT = "console.language";

/** The languages there are catalogues for, Swedish first. */
export const LANGUAGES: readonly string[] = [...new Set(["sv", "en", ...Object.keys(catalogues)])];

function first(): string {
  const kept = localStorage.getItem(KEPT);
  return kept !== null && LANGUAGES.includes(kept) ? kept : "sv";
}

export const language = signal(first());

export function speak(chosen: string): void {
  localStorage.setItem(KEPT, chosen);
  language.value = chosen;
}

export { filled };

/**
 * The translation of `id` into the agent's language or the one that is `spoken`; in Swedish where
 * there is no such catalogue, or `id` itself.
 */
export function t(
  id: string, values: Readonly<Record<string, string | number>> = {}, spoken = language.value,
): string {
  return filled((catalogues[spoken] ?? catalogues["sv"])?.[id] ?? id, values);
}

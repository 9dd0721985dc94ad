// Words in the shopper's language: that of the case, and before it is known the phone's own.
import { signal } from "@preact/signals";
import catalogues from "virtual:phone-catalogues";
import { filled } from "../filled";

/** Swedish where the phone speaks it; else English, as far as there is a catalogue for neither. */
export function first(languages: readonly string[]): string {
  for (const tag of languages) {
    const base = tag.split("-")[0] ?? "";
    if (base in catalogues) return base;
  }
  return "en";
}

export const language = signal(first(navigator.languages));

export function t(id: string, values: Readonly<Record<string, string | number>> = {}): string {
  const words = catalogues[language.value] ?? catalogues["en"];
  return filled(words?.[id] ?? id, values);
}

// Words in the shopper's language: that of the case, and before it is known the phone's own.
import { signal } from "@preact/signals";
import catalogues from "virtual:phone-catalogues";
import { filled } from "../filled";
import { firstLanguage } from "./first_language";

export const language = signal(firstLanguage(navigator.languages, Object.keys(catalogues)));

export function t(id: string, values: Readonly<Record<string, string | number>> = {}): string {
  const words = catalogues[language.value] ?? catalogues["en"];
  return filled(words?.[id] ?? id, values);
}

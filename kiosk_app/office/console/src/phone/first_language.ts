/** The first of the phone's own languages that there are words in; English where there is none. */
export function firstLanguage(spoken: readonly string[], known: readonly string[]): string {
  const found = spoken.map((tag) => tag.split("-")[0] ?? "").find((base) => known.includes(base));
  return found ?? "en";
}

import { useSignal } from "@preact/signals";
import type { CaseCard } from "../wire";
import { tag } from "../work";
import { t } from "../words";

// Tags are the shop's own words for its reports, the same in every language of the console.
const SUGGESTED = ["betalningsfråga", "produkt saknas", "tekniskt fel"] as const;
const MOST_TAGS = 10; // as the protocol's TagCase
const MOST_CHARACTERS = 60; // as TAG_CHARS of the protocol

export function Tags({ card }: { card: CaseCard }) {
  const written = useSignal("");
  // Shown as the agent set them at once; the office's next word about the case settles it.
  const chosen = useSignal<{ from: readonly string[]; tags: readonly string[] } | null>(null);
  const tags = chosen.value !== null && chosen.value.from === card.tags
    ? chosen.value.tags
    : card.tags;
  const set = (next: readonly string[]): void => {
    if (next.length > MOST_TAGS) return;
    chosen.value = { from: card.tags, tags: next };
    tag(card.case, next);
  };
  const toggle = (name: string): void =>
    set(tags.includes(name) ? tags.filter((each) => each !== name) : [...tags, name]);
  const add = (): void => {
    const name = written.value.trim().toLocaleLowerCase("sv");
    written.value = "";
    if (name !== "" && !tags.includes(name)) set([...tags, name]);
  };
  const shown = [...SUGGESTED, ...tags.filter((name) => !SUGGESTED.some((each) => each === name))];
  return (
    <section class="panel" aria-label={t("Tags")}>
      <h3>{t("Tags")}</h3>
      <p class="tags">
        {shown.map((name) => (
          <button
            key={name} type="button" class="tag" data-testid="tag" aria-pressed={tags.includes(name)}
            onClick={() => toggle(name)}
          >
            {name}
          </button>
        ))}
      </p>
      <input
        class="field" data-testid="tag-input" value={written.value} maxLength={MOST_CHARACTERS}
        aria-label={t("Own tag")} placeholder={t("Own tag, then Enter")}
        onInput={(event) => { written.value = event.currentTarget.value; }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.altKey || event.isComposing) return;
          event.preventDefault();
          add();
        }}
      />
    </section>
  );
}

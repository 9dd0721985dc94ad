import { useSignal } from "@preact/signals";
import { missed } from "../desk";
import type { OpenCase } from "../desk";
import { caseName, earlierWords } from "../labels";
import { dayAndTime } from "../times";
import { accept, accepting, officeNow, resolve } from "../work";
import { t } from "../words";

function since({ card }: OpenCase): string {
  const at = card.callback?.asked_at ?? card.pressed_at;
  return t("Call wanted since {time}", { time: dayAndTime(at, officeNow.value) });
}

/** Somebody in the list who waits for a call. */
export function CallbackItem({ shown }: { shown: OpenCase }) {
  const { card } = shown;
  const taking = accepting.value.has(card.case);
  return (
    <li class="card card-fresh" data-testid="callback-item" data-case={card.case}>
      <p class="card-name">{caseName(card)}</p>
      <p class="card-text callback-shown">{card.callback?.shown}</p>
      {card.first_text !== "" && <p class="card-text">{card.first_text}</p>}
      <p class="card-note">{since(shown)}</p>
      <button
        type="button" class="key key-help key-wide" data-testid="callback-take"
        disabled={taking} onClick={() => accept(card)}
      >
        {taking ? t("Taking the case…") : t("Take the call")}
      </button>
    </li>
  );
}

/** When the number was deleted, of a call that nobody made in time. */
function missedWords({ card }: OpenCase): string {
  const at = dayAndTime(card.callback?.missed_at ?? card.pressed_at, officeNow.value);
  return t("Nobody called in time. The number was deleted {time}.", { time: at });
}

/** Somebody in the list whom nobody called: to be known of, and then resolved. */
export function MissedItem({ shown }: { shown: OpenCase }) {
  const { card } = shown;
  return (
    <li class="card card-quiet" data-testid="missed-item" data-case={card.case}>
      <p class="card-name">{caseName(card)}</p>
      <p class="card-note">{since(shown)}</p>
      <p class="card-note">{missedWords(shown)}</p>
      <button
        type="button" class="key key-wide" data-testid="missed-take"
        disabled={accepting.value.has(card.case)} onClick={() => accept(card)}
      >
        {t("Take the case")}
      </button>
    </li>
  );
}

/** In place of the conversation, where it is a number to call. */
export function CallbackDesk({ shown }: { shown: OpenCase }) {
  const { card } = shown;
  const { callback, earlier } = card;
  const copied = useSignal(false);
  if (callback == null) return null;
  const gone = missed(card);
  const copy = (): void => {
    void navigator.clipboard.writeText(callback.number ?? "").then(
      () => { copied.value = true; },
      () => undefined, // not allowed here: the number stands there to be read
    );
  };
  return (
    <main class="conversation callback" aria-label={t("Call for {name}", { name: caseName(card) })}>
      <div class="case-head">
        <h2>{caseName(card)}</h2>
        <button
          type="button" class="key key-forward" data-testid="resolve-case"
          onClick={() => resolve(card.case)}
        >
          {t("Resolve the case")}
        </button>
      </div>
      <section class="callback-card" aria-label={t("Number to call")}>
        {!gone && <p class="callback-number" data-testid="callback-number">{callback.shown}</p>}
        <p>{since(shown)}</p>
        {gone && <p data-testid="callback-missed">{missedWords(shown)}</p>}
        {card.first_text !== "" && (
          <p class="callback-wrote">{t("Wrote: {text}", { text: card.first_text })}</p>
        )}
        {earlier != null && (
          <p data-testid="callback-earlier">
            {t("Same visit")}: {earlierWords(earlier, officeNow.value)}
          </p>
        )}
        {!gone && (<p class="callback-keys">
          <a class="key key-forward" href={`tel:${callback.number ?? ""}`} data-testid="callback-call">
            {t("Call the number")}
          </a>
          <button type="button" class="key" data-testid="callback-copy" onClick={copy}>
            {copied.value ? t("Copied") : t("Copy the number")}
          </button>
        </p>)}
        <p class="empty">
          {gone
            ? t("The customer still waits for a call that cannot be made. Resolve the case.")
            : t("Call the customer, then resolve the case. The number is deleted with it.")}
        </p>
      </section>
    </main>
  );
}

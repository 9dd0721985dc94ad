import { useSignal } from "@preact/signals";
import type { OpenCase } from "../desk";
import { caseName, onPhone, stepIsTrouble, stepWords } from "../labels";
import { nothingOpen } from "../nothing_open";
import { inbox, linkState, resolve } from "../work";
import { t } from "../words";
import { Call } from "./Call";
import { Chat } from "./Chat";
import { Gone } from "./Inbox";
import { Pause } from "./Pause";
import { Share } from "./Share";

export function Conversation({ shown }: { shown: OpenCase }) {
  const { card } = shown;
  const { context } = card;
  const wide = useSignal(false);
  return (
    <main class="conversation" aria-label={t("Conversation")}>
      <div class="case-head">
        <h2>{caseName(card)}</h2>
        <span class={stepIsTrouble(context.step) ? "chip chip-step chip-help" : "chip chip-step"}>
          {stepWords(context.step, context.declines ?? 0)}
        </span>
        {onPhone(card) && <span class="chip" data-testid="on-phone">{t("On the phone")}</span>}
        {card.kiosk_gone_since !== null && (
          <Gone card={card} since={card.kiosk_gone_since} testid="kiosk-gone" />
        )}
        {card.safety === true && (
          <span class="chip chip-urgent" data-testid="case-safety">{t("In danger")}</span>
        )}
        {!onPhone(card) && <Pause key={card.case} id={card.case} />}
        <button
          type="button" class="key key-forward" data-testid="resolve-case"
          onClick={() => resolve(card.case)}
        >
          {t("Resolve the case")}
        </button>
      </div>
      <Call shown={shown} />
      <div class={onPhone(card) ? "both both-chat" : wide.value ? "both both-wide" : "both"}>
        <Chat shown={shown} />
        {!onPhone(card) && <Share shown={shown} onShape={(now) => { wide.value = now; }} />}
      </div>
    </main>
  );
}

export function NoConversation() {
  const [head, what] = nothingOpen(inbox.value, linkState.value);
  return (
    <main class="conversation nothing" aria-label={t("Conversation")} data-testid="nothing-open">
      <p class="nothing-head">{head}</p>
      <p>{what}</p>
    </main>
  );
}

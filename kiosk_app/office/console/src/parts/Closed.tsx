import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { caseName, onPhone, overWords } from "../labels";
import type { Over } from "../over";
import { leaveClosed } from "../work";
import { t } from "../words";

/** In place of a case that ended under the agent; nothing typed on here goes to anybody. */
export function Closed({ over: { card, why, unsent } }: { over: Over }) {
  const head = useRef<HTMLHeadingElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const copied = useSignal(false);
  // The heading and no key takes the keyboard: a sentence half typed must press nothing.
  useLayoutEffect(() => head.current?.focus(), []);
  const copy = (): void => {
    text.current?.select();
    void navigator.clipboard.writeText(unsent).then(
      () => { copied.value = true; },
      () => undefined, // not allowed here: the text stands selected, to be copied by hand
    );
  };
  return (
    <main class="conversation closed" aria-label={t("Conversation")} data-testid="case-closed">
      <p class="closed-name">{caseName(card)}</p>
      <h2 ref={head} tabIndex={-1} class="closed-head">{overWords(why, onPhone(card))}</h2>
      {unsent !== "" && (
        <div class="closed-unsent">
          <label for="unsent">{t("What you wrote was not sent to anybody else:")}</label>
          <textarea
            id="unsent" ref={text} class="field" rows={4} readOnly value={unsent}
            data-testid="unsent"
          />
          <button type="button" class="key" onClick={copy}>
            {copied.value ? t("Copied") : t("Copy the text")}
          </button>
        </div>
      )}
      <button
        type="button" class="key key-forward" data-testid="leave-closed" onClick={leaveClosed}
      >
        {t("Go on")}
      </button>
    </main>
  );
}

import { useState } from "preact/hooks";
import { secondsLeft } from "../../times";
import type { Known } from "../known";
import { done, end, mono } from "../work";
import { t } from "../words";

function waitWords({ position, waitEndsAt }: Known, now: number): string {
  const place = position === null ? t("We are looking for someone who can help.")
    : t("You are number {n} in the queue", { n: position });
  const left = waitEndsAt === null ? 0 : secondsLeft(waitEndsAt, now);
  if (left <= 0) return place;
  const time = left >= 60
    ? t("about {n} min left", { n: Math.ceil(left / 60) })
    : t("about {n} s left", { n: left });
  return `${place} · ${time}`;
}

/** Who is there, or how long it takes; and the way out. */
export function Head({ known }: { known: Known }) {
  const [asking, ask] = useState(false);
  const over = done.value !== "no";
  const name = known.agent;
  const second = over
    ? t("The help is over")
    : name !== ""
      ? t("Support · sees your cart")
      : known.agentAway
        ? [t("The connection to support broke."), waitWords(known, mono.value)].join(" ")
        : waitWords(known, mono.value);
  return (
    <header class="head">
      <div class="who">
        {name !== "" && <span class="avatar" aria-hidden="true">{[...name][0]}</span>}
        <div class="who-words">
          <h1 data-testid="phone-agent">{name === "" ? known.store : name}</h1>
          <p role="status" data-testid="phone-status">{second}</p>
        </div>
        {!over && !asking && (
          <button
            type="button" class="key" data-testid="phone-end" onClick={() => ask(true)}
          >
            {t("End")}
          </button>
        )}
      </div>
      {!over && asking && (
        <div class="ask" role="group" aria-label={t("End the help?")}>
          <p>{t("End the help?")}</p>
          <button type="button" class="key key-stop" data-testid="phone-end-yes" onClick={end}>
            {t("Yes, end")}
          </button>
          <button type="button" class="key" onClick={() => ask(false)}>{t("Go on")}</button>
        </div>
      )}
    </header>
  );
}

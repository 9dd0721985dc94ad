import { useEffect, useRef } from "preact/hooks";
import { done, known, lineState, page, type Page } from "../work";
import { t } from "../words";
import { Call } from "./Call";
import { Cart } from "./Cart";
import { Chat, WriteHere } from "./Chat";
import { Feedback } from "./Feedback";
import { Head } from "./Head";

/** A page of a few words, for whoever has no case here. */
function Plain({ title, text, what }: { title: string; text: string; what: Page }) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <main class="plain" data-testid={`phone-${what}`}>
      <h1 ref={head} tabIndex={-1}>{title}</h1>
      <p>{text}</p>
      {what === "away" && (
        <button type="button" class="key key-forward" onClick={() => location.reload()}>
          {t("Try again")}
        </button>
      )}
      {what === "elsewhere" && (
        <button type="button" class="key key-forward" onClick={() => location.reload()}>
          {t("Go on in this window")}
        </button>
      )}
    </main>
  );
}

function LinkLine() {
  const state = lineState.value;
  if (state === "open" || (state === "connecting" && known.value === null)) return null;
  return (
    <p class="link-line" role="status" data-testid="phone-link">
      {t("No contact right now. We keep trying, and what you write is sent then.")}
    </p>
  );
}

export function App() {
  switch (page.value) {
    case "opening":
      return (
        <main class="plain" aria-busy="true">
          <p>{t("Connecting…")}</p>
        </main>
      );
    case "invalid":
      return (
        <Plain
          what="invalid" title={t("This code does not work")}
          text={t("A code works once, for 5 minutes. Go to the kiosk and show a new one.")}
        />
      );
    case "slow":
      return (
        <Plain
          what="slow" title={t("Wait a minute")}
          text={t("Too many codes were tried from here. Wait a minute and scan again.")}
        />
      );
    case "away":
      return (
        <Plain
          what="away" title={t("No contact right now")}
          text={t("Your case is still at the kiosk. Check your network and try again.")}
        />
      );
    case "elsewhere":
      return (
        <Plain
          what="elsewhere" title={t("Your case is open in another window")}
          text={t("Nothing is lost. You can go on there, or here.")}
        />
      );
    case "case":
      break;
  }
  if (known.value === null) return null;
  const over = done.value !== "no";
  return (
    <div class="page" data-testid="phone-case">
      <Head known={known.value} />
      <LinkLine />
      <main class="case">
        <Cart known={known.value} />
        {over ? <Feedback known={known.value} /> : <Call known={known.value} />}
        <Chat known={known.value} />
      </main>
      {!over && <WriteHere />}
    </div>
  );
}

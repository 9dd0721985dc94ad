import { effect } from "@preact/signals";
import { render } from "preact";
import { closeCalls, followCalls } from "./calls";
import { byPhone } from "./desk";
import { helpShown, onKey } from "./keys";
import { KeyLine, LinkLine, Notices } from "./parts/Around";
import { CallbackDesk } from "./parts/Callback";
import { ContextPanel } from "./parts/Context";
import { Closed } from "./parts/Closed";
import { Conversation, NoConversation } from "./parts/Conversation";
import { Inbox } from "./parts/Inbox";
import { TopBar } from "./parts/TopBar";
import { allowSound } from "./ring";
import "./styles/tokens.css";
import "./styles/ground.css";
import "./styles/base.css";
import "./styles/inbox.css";
import "./styles/case.css";
import "./styles/share.css";
import "./styles/call.css";
import { claimWindow, elsewhere, useHere } from "./window";
import { applyTheme } from "./theme";
import { closed, open, start, stop } from "./work";
import { language, t } from "./words";

/** Two windows of one agent would take each other's connections to the kiosks. */
function Elsewhere() {
  return (
    <main class="elsewhere">
      <h1>{t("The console is open in another window.")}</h1>
      <p>{t("Your cases are there. Nothing is lost.")}</p>
      <button type="button" class="key key-forward" onClick={useHere}>
        {t("Work here instead")}
      </button>
    </main>
  );
}

function Page() {
  if (elsewhere.value) return <Elsewhere />;
  const shown = open.value;
  const over = closed.value;
  return (
    <div class={helpShown.value ? "page page-keys" : "page"}>
      <TopBar />
      <LinkLine />
      <div class={shown === null ? "work work-empty" : "work"}>
        <Inbox />
        {over !== null && <Closed key={over.card.case} over={over} />}
        {over === null && shown === null && <NoConversation />}
        {shown !== null && byPhone(shown.card) && (
          <CallbackDesk key={shown.card.case} shown={shown} />
        )}
        {shown !== null && !byPhone(shown.card) && (
          <Conversation key={shown.card.case} shown={shown} />
        )}
        {shown !== null && <ContextPanel shown={shown} />}
      </div>
      <KeyLine />
      <Notices />
    </div>
  );
}

effect(() => {
  document.documentElement.lang = language.value;
});
effect(applyTheme);
addEventListener("keydown", onKey);
// Browsers let a page sound from the first touch on; a returning agent may need none.
for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => void allowSound());
void allowSound();

const root = document.getElementById("app");
if (root !== null) render(<Page />, root);
claimWindow(() => {
  start();
  followCalls();
}, () => {
  stop();
  closeCalls();
});

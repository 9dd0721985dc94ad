import type { OpenCase } from "../desk";
import { greeting, greetingDue } from "../greeting";
import { desk, draft, greet, write } from "../work";
import { t } from "../words";

/** The first message, ready to send with one press or to be made one's own. */
export function Greeting({ shown }: { shown: OpenCase }) {
  if (!greetingDue(shown)) return null;
  const text = greeting(shown, desk.value.agentName);
  return (
    <section class="greeting" aria-label={t("First message")} data-testid="greeting">
      <p class="greeting-text" lang={shown.card.context.language}>{text}</p>
      <p class="greeting-keys">
        <button
          type="button" class="key key-forward" data-testid="greeting-send"
          onClick={() => greet(shown)}
        >
          {t("Send the greeting")}
          <kbd aria-hidden="true">Alt H</kbd>
        </button>
        <button
          type="button" class="key key-small" data-testid="greeting-edit"
          onClick={() => {
            draft(shown.card.case, text);
            write();
          }}
        >
          {t("Change it first")}
        </button>
      </p>
    </section>
  );
}

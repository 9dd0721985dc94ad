// What stands round the work: the state of the link, notices, the help with the keyboard.
import { helpShown } from "../keys";
import { announced, dismiss, notices } from "../notices";
import { desk, linkState, reconnectNow } from "../work";
import { t } from "../words";
import { Icon } from "./Icon";

export function LinkLine() {
  const state = linkState.value;
  if (state === "open" || (state === "connecting" && !desk.value.ready)) return null;
  return (
    <div class="link-line" role="alert" data-testid="link-state" data-state={state}>
      {state === "logged_out"
        ? t("You are logged out. Open your login link again. No case is lost.")
        : t("No contact with the office – trying again. What you write is sent when it is back.")}
      {state === "waiting" && (
        <button type="button" class="key key-small" onClick={reconnectNow}>
          {t("Try now")}
        </button>
      )}
    </div>
  );
}

export function Notices() {
  return (
    <div class="notices">
      <div role="status" class="read-out">{announced.value}</div>
      <ul aria-live="polite">
        {notices.value.map(({ id, text, kind }) => (
          <li key={id} class={`notice notice-${kind}`} data-testid="notice">
            <span>{text}</span>
            <button type="button" class="notice-close" aria-label={t("Close")} onClick={() => dismiss(id)}>
              <Icon name="cross" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function KeyLine() {
  const keys: readonly (readonly [string, string])[] = [
    ["Alt Enter", t("take the oldest")],
    ["Alt 1–4", t("my cases")],
    ["Alt 0", t("the queue")],
    ["/", t("write")],
    ["Alt H", t("greet")],
    ["Alt S", t("ask for the screen, or stop")],
  ];
  if (!helpShown.value) return null;
  return (
    <footer class="key-line" aria-label={t("Keyboard")}>
      {keys.map(([key, what]) => (
        <span key={key}>
          <kbd>{key}</kbd> {what}
        </span>
      ))}
    </footer>
  );
}

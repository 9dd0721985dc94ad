import { LOSS } from "../../t140";
import { lettersOf } from "../../letters";
import { useNewestInSight } from "../../parts/newest";
import { Write } from "../../parts/Write";
import type { Known, Line } from "../known";
import { done, draft, say, sendAgain, typing, write } from "../work";
import { t } from "../words";

function Said({ line: { message, state } }: { line: Line }) {
  const own = message.author === "shopper";
  return (
    <li
      class={own ? "said said-own" : "said"} data-testid="phone-message"
      data-author={message.author} data-state={state}
    >
      <p class="said-who">
        {own ? t("You") : message.name}
        {state === "sending" && <span> · {t("being sent…")}</span>}
      </p>
      <p class="said-text">{message.text}</p>
      {state === "failed" && (
        <button type="button" class="key key-small" onClick={() => sendAgain(message)}>
          {t("Not sent. Try again")}
        </button>
      )}
    </li>
  );
}

/** What the agent is writing, letter by letter where there is a way for letters. */
function Writing({ known }: { known: Known }) {
  const { live, remote } = lettersOf(known.id);
  if (remote !== "") {
    return (
      <p class="writing" data-testid="phone-rtt-remote">
        <span class="said-who">{t("{name} is writing…", { name: known.agent })}</span>
        {remote.replaceAll(LOSS, "…")}
      </p>
    );
  }
  if (!typing.value || live) return null;
  return <p class="writing said-who">{t("{name} is writing…", { name: known.agent })}</p>;
}

export function Chat({ known }: { known: Known }) {
  const { remote } = lettersOf(known.id);
  const log = useNewestInSight([known.lines.length, remote, typing.value, done.value]);
  return (
    <div
      {...log} class="log" role="log" aria-live="polite" aria-label={t("Conversation")} tabIndex={0}
      data-testid="phone-log"
    >
      {known.lines.length === 0 && done.value === "no" && (
        <p class="hint">{t("You can write what happened now")}</p>
      )}
      <ol>
        {known.lines.map((line) => (
          <Said key={line.message.id} line={line} />
        ))}
      </ol>
      {done.value === "no" && <Writing known={known} />}
    </div>
  );
}

export function WriteHere() {
  return (
    <Write
      label={<label class="read-out" for="message">{t("Your message")}</label>}
      field={{
        id: "message", "data-testid": "phone-input", placeholder: t("Write here"),
        enterkeyhint: "send",
      }}
      written={draft.value} onWrite={write} onSend={() => say(draft.value)}
      send={t("Send")} sendTestId="phone-send"
    />
  );
}

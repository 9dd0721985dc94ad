import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { LOSS } from "../../t140";
import { lettersOf } from "../../letters";
import type { Known, Line } from "../known";
import { done, draft, say, sendAgain, typing, write } from "../work";
import { t } from "../words";

const NEAR_END_PX = 80; // scrolled up further than this, the shopper is reading and is left there
const MOST_CHARACTERS = 2_000; // as CHAT_CHARS of the protocol

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
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const { remote } = lettersOf(known.id);
  const count = known.lines.length;
  useLayoutEffect(() => {
    const element = log.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [count, remote, typing.value, done.value]);
  useEffect(() => {
    const element = log.current;
    if (element === null) return;
    const watcher = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return (
    <div
      ref={log} class="log" role="log" aria-live="polite" aria-label={t("Conversation")} tabIndex={0}
      data-testid="phone-log"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
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

export function Write() {
  return (
    <form
      class="write"
      onSubmit={(event) => {
        event.preventDefault();
        say(draft.value);
      }}
    >
      <label class="read-out" for="message">{t("Your message")}</label>
      <textarea
        id="message" rows={1} maxLength={MOST_CHARACTERS} value={draft.value}
        data-testid="phone-input" placeholder={t("Write here")} enterkeyhint="send"
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          say(draft.value);
        }}
      />
      <button
        type="submit" class="key key-forward" data-testid="phone-send"
        disabled={draft.value.trim() === ""}
      >
        {t("Send")}
      </button>
    </form>
  );
}

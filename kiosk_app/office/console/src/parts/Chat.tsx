import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Line, OpenCase } from "../desk";
import { lettersOf } from "../letters";
import { clockTime } from "../times";
import { peerOf } from "../peers";
import { desk, draft, drafts, focusWanted, say } from "../work";
import { t } from "../words";
import { Greeting } from "./Greeting";
import { RemoteLetters, SeenNote } from "./Letters";

const NEAR_END_PX = 80; // scrolled up further than this, the agent is reading and is left there
const MOST_CHARACTERS = 2_000; // as CHAT_CHARS of the protocol

function Said({ line: { message, state } }: { line: Line }) {
  const own = message.author === "agent";
  const who = own ? message.name || desk.value.agentName : t("Customer");
  return (
    <li
      class={`said said-${own ? "own" : "theirs"}${state === "failed" ? " said-failed" : ""}`}
      data-testid="chat-message" data-author={message.author} data-state={state}
    >
      <p class="said-who">
        {who} <time dateTime={message.sent_at}>{clockTime(message.sent_at)}</time>
        {state === "sending" && <span> · {t("on its way")}</span>}
        {state === "failed" && <span class="said-wrong"> · {t("Not sent")}</span>}
      </p>
      <p class="said-text">{message.text}</p>
    </li>
  );
}

function Log({ shown }: { shown: OpenCase }) {
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const { typing } = peerOf(shown.card.case);
  const { length } = shown.chat;
  useLayoutEffect(() => {
    const element = log.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [length, typing]);
  useEffect(() => {
    const element = log.current;
    if (element === null) return;
    // The shared screen above or beside it takes its room; the newest line stays in sight.
    const watcher = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return (
    <div
      ref={log} class="log" role="log" aria-live="polite" aria-label={t("Chat")} tabIndex={0}
      data-testid="chat-log"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
    >
      <p class="log-start">
        {t("Pressed Help at {time}", { time: clockTime(shown.card.pressed_at) })}
      </p>
      <ol>
        {shown.chat.map((line) => (
          <Said key={line.message.id} line={line} />
        ))}
      </ol>
      {typing && lettersOf(shown.card.case).remote === "" && <p class="log-typing">{t("The customer is writing…")}</p>}
    </div>
  );
}

export function Chat({ shown }: { shown: OpenCase }) {
  const id = shown.card.case;
  const input = useRef<HTMLTextAreaElement>(null);
  const written = drafts.value.get(id) ?? "";
  const wanted = focusWanted.value === id;
  useEffect(() => {
    if (!wanted) return;
    input.current?.focus();
    focusWanted.value = null;
  }, [wanted]);
  const send = (): void => say(id, written);
  return (
    <div class="chat">
      <Log shown={shown} />
      <Greeting shown={shown} />
      <RemoteLetters id={id} />
      <form
        class="write"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          ref={input} rows={1} maxLength={MOST_CHARACTERS} value={written}
          data-testid="chat-input" aria-label={t("Write to the customer")}
          placeholder={t("Write to the customer…")}
          onInput={(event) => draft(id, event.currentTarget.value)}
          onKeyDown={(event) => {
            // Alt + Enter takes the next case, also while something is half written.
            if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button
          type="submit" class="key key-forward" data-testid="chat-send"
          disabled={written.trim() === ""}
        >
          {t("Send")}
        </button>
        <SeenNote id={id} />
      </form>
    </div>
  );
}

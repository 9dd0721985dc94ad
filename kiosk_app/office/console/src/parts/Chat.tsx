import { useEffect, useRef } from "preact/hooks";
import type { Line, OpenCase } from "../desk";
import { lettersOf } from "../letters";
import { clockTime } from "../times";
import { peerOf } from "../peers";
import { desk, draft, drafts, focusWanted, say } from "../work";
import { t } from "../words";
import { Greeting } from "./Greeting";
import { RemoteLetters, SeenNote } from "./Letters";
import { useNewestInSight } from "./newest";
import { Write } from "./Write";

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
  const { typing } = peerOf(shown.card.case);
  const log = useNewestInSight([shown.chat.length, typing]);
  return (
    <div
      {...log} class="log" role="log" aria-live="polite" aria-label={t("Chat")} tabIndex={0}
      data-testid="chat-log"
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
  return (
    <div class="chat">
      <Log shown={shown} />
      <Greeting shown={shown} />
      <RemoteLetters id={id} />
      <Write
        field={{
          ref: input, "data-testid": "chat-input", "aria-label": t("Write to the customer"),
          placeholder: t("Write to the customer…"),
        }}
        written={written} onWrite={(text) => draft(id, text)} onSend={() => say(id, written)}
        send={t("Send")} sendTestId="chat-send"
      >
        <SeenNote id={id} />
      </Write>
    </div>
  );
}

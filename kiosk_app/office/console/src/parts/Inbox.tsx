import type { ComponentChildren } from "preact";
import { missed } from "../desk";
import type { OpenCase } from "../desk";
import {
  caseName, languageWords, onPhone, positionWords, promiseKept, stepIsTrouble, stepWords, total, totalWords,
} from "../labels";
import { duration, secondsLeft, secondsSince } from "../times";
import {
  accept, accepting, acceptOldest, desk, inbox, mono, officeNow, open, openCase, sight,
} from "../work";
import type { CaseCard } from "../wire";
import { language, t } from "../words";
import { CallbackItem, MissedItem } from "./Callback";
import { urgency, waited } from "./waits";

function Promised({ shown }: { shown: OpenCase }) {
  const { card } = shown;
  const kept = promiseKept(card, waited(shown, officeNow.value));
  if (kept === null) return null;
  const n = card.promised_seconds ?? 0;
  return (
    <span class={kept ? "chip" : "chip chip-help"} data-testid="promise-state">
      {kept ? t("Promise kept ({n} s)", { n }) : t("Promise broken ({n} s)", { n })}
    </span>
  );
}

function Chips({ shown, children }: { shown: OpenCase; children?: ComponentChildren }) {
  const { context } = shown.card;
  const trouble = stepIsTrouble(context.step);
  return (
    <p class="chips">
      {children}
      {shown.card.safety === true && (
        <span class="chip chip-urgent" data-testid="safety-mark">{t("In danger")}</span>
      )}
      {onPhone(shown.card) && <span class="chip">{t("On the phone")}</span>}
      {context.practice === true && <span class="chip">{t("Practice")}</span>}
      {shown.card.callback?.way === "kiosk" && (
        <span class="chip">{t("Is called on the kiosk's screen")}</span>
      )}
      {missed(shown.card) && <span class="chip">{t("Missed call")}</span>}
      {shown.card.callback?.way === "phone" && !missed(shown.card) && (
        <span class="chip chip-help">{shown.card.callback.shown}</span>
      )}
      <Promised shown={shown} />
      <span class={trouble ? "chip chip-help" : "chip"}>
        {stepWords(context.step, context.declines ?? 0)}
      </span>
      {context.language !== language.value && (
        <span class="chip">{languageWords(context.language, language.value)}</span>
      )}
      {total(context) !== 0 && <span class="chip chip-sum">{totalWords(context)}</span>}
    </p>
  );
}

function Head({ shown, seconds, shortcut }: {
  shown: OpenCase; seconds: number; shortcut?: string;
}) {
  const { card } = shown;
  return (
    <div class="card-head">
      <span class="card-name">
        {caseName(card)}
        <span class="card-place">
          {card.context.position !== "till" && positionWords(card.context.position)}
          {shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
        </span>
      </span>
      <span
        class={`waited waited-${urgency(seconds, card.phase === "queued" ? card.promised_seconds : null)}`}
        role="timer"
      >
        {duration(seconds)}
      </span>
    </div>
  );
}

function Fresh({ shown, oldest }: { shown: OpenCase; oldest: boolean }) {
  const { card } = shown;
  const taking = accepting.value.has(card.case);
  const seconds = waited(shown, officeNow.value);
  return (
    <li
      class={card.safety === true ? "card card-fresh card-urgent" : "card card-fresh"}
      data-testid="queue-item" data-case={card.case}
    >
      <Head shown={shown} seconds={seconds} />
      {card.first_text !== "" && <p class="card-text">{card.first_text}</p>}
      <Chips shown={shown} />
      {card.kiosk_gone_since !== null && <Gone card={card} since={card.kiosk_gone_since} />}
      <button
        type="button" class="key key-help key-wide" data-testid="accept-case"
        disabled={taking || card.attempt === null} onClick={() => accept(card)}
      >
        {taking ? t("Taking the case…") : t("Take the case")}
        {oldest && !taking && <kbd aria-hidden="true">Alt ↵</kbd>}
      </button>
    </li>
  );
}

export function Gone({ card, since, testid }: { card: CaseCard; since: string; testid?: string }) {
  const seconds = Math.floor(secondsSince(since, officeNow.value));
  return (
    <p class="gone" data-testid={testid}>
      {onPhone(card)
        ? t("The phone has been gone for {n} s", { n: seconds })
        : t("The kiosk has been gone for {n} s", { n: seconds })}
    </p>
  );
}

function Mine({ shown, number }: { shown: OpenCase; number: number }) {
  const { card } = shown;
  const isOpen = open.value?.card.case === card.case;
  const last = shown.chat.at(-1)?.message.text ?? card.first_text;
  return (
    <li>
      <button
        type="button" class={isOpen ? "card card-mine card-open" : "card card-mine"}
        data-testid="case-open" data-case={card.case} aria-current={isOpen ? "true" : undefined}
        onClick={() => openCase(card.case)}
      >
        <Head
          shown={shown} seconds={waited(shown, officeNow.value)} shortcut={`Alt ${number}`}
        />
        {last !== "" && <p class="card-text">{last}</p>}
        <Chips shown={shown}>
          {shown.unread > 0 && <span class="unread">{t("{n} new", { n: shown.unread })}</span>}
          {shown.shareEndsAt !== null && sight(shown) === "live" && (
            <span class="chip chip-help">
              {t("Watching {time}", { time: duration(secondsLeft(shown.shareEndsAt, mono.value)) })}
            </span>
          )}
        </Chips>
        {card.kiosk_gone_since !== null && <Gone card={card} since={card.kiosk_gone_since} />}
      </button>
    </li>
  );
}

function Quiet({ shown, note }: { shown: OpenCase; note: string }) {
  return (
    <li class="card card-quiet" data-testid="browsing-item" data-case={shown.card.case}>
      <Head shown={shown} seconds={waited(shown, officeNow.value)} />
      <p class="card-note">{note}</p>
      <Chips shown={shown} />
    </li>
  );
}

function Group({ name, count, children }: {
  name: string; count: number; children: ComponentChildren;
}) {
  return (
    <section class="group" aria-label={name}>
      <h2>
        {name} <span class="count">{count}</span>
      </h2>
      <ul>{children}</ul>
    </section>
  );
}

function onQueueKey(event: KeyboardEvent): void {
  if (event.key !== "Enter" || event.target !== event.currentTarget) return;
  acceptOldest();
  event.preventDefault();
}

export function Inbox() {
  const { fresh, callbacks, missed: uncalled, mine, browsing, others } = inbox.value;
  return (
    <nav class="inbox" aria-label={t("Inbox")}>
      <section
        id="queue" class="group" tabIndex={0} data-testid="queue" onKeyDown={onQueueKey}
        aria-label={t("New cases. Enter takes the oldest.")}
      >
        <h2>
          {t("New")} <span class="count">{fresh.length}</span>
        </h2>
        {fresh.length === 0 && (
          <p class="empty">{desk.value.ready ? t("Nobody is waiting.") : t("Fetching cases…")}</p>
        )}
        <ul>
          {fresh.map((shown, place) => (
            <Fresh key={shown.card.case} shown={shown} oldest={place === 0} />
          ))}
        </ul>
      </section>
      <section class="group" data-testid="my-cases" aria-label={t("My cases")}>
        <h2>
          {t("Mine")} <span class="count">{mine.length}</span>
        </h2>
        {mine.length === 0 && <p class="empty">{t("You have no open case.")}</p>}
        <ul>
          {mine.map((shown, place) => (
            <Mine key={shown.card.case} shown={shown} number={place + 1} />
          ))}
        </ul>
      </section>
      {callbacks.length > 0 && (
        <section class="group" data-testid="callbacks" aria-label={t("To call")}>
          <h2>
            {t("To call")} <span class="count">{callbacks.length}</span>
          </h2>
          <ul>
            {callbacks.map((shown) => (
              <CallbackItem key={shown.card.case} shown={shown} />
            ))}
          </ul>
        </section>
      )}
      {uncalled.length > 0 && (
        <Group name={t("Missed calls")} count={uncalled.length}>
          {uncalled.map((shown) => <MissedItem key={shown.card.case} shown={shown} />)}
        </Group>
      )}
      {browsing.length > 0 && (
        <Group name={t("Looking in the help menu")} count={browsing.length}>
          {browsing.map((shown) => (
            <Quiet key={shown.card.case} shown={shown} note={t("Has not asked for a person")} />
          ))}
        </Group>
      )}
      {others.length > 0 && (
        <Group name={t("With others")} count={others.length}>
          {others.map((shown) => (
            <Quiet
              key={shown.card.case} shown={shown}
              note={t("With {name}", { name: shown.card.agent_name ?? "" })}
            />
          ))}
        </Group>
      )}
    </nav>
  );
}

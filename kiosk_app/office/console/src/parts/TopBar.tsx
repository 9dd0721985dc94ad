import { useRef } from "preact/hooks";
import { oneStore } from "../desk";
import { helpShown, toggleHelp } from "../keys";
import { ringing, sound, toggleSound } from "../ring";
import { nextTheme, theme } from "../theme";
import { duration } from "../times";
import { chatCount, desk, inbox, linkState, mono, officeNow } from "../work";
import { language, LANGUAGES, speak, t } from "../words";
import { Icon } from "./Icon";
import { longestWait } from "./waits";

function Figure({ name, value, loud = false }: { name: string; value: string; loud?: boolean }) {
  return (
    <div class={loud ? "figure figure-loud" : "figure"}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The figures of the day; the queue's are counted here, so that they move each second. */
function Figures() {
  const { figures } = desk.value;
  const { fresh } = inbox.value;
  void mono.value;
  const none = "–";
  const kept = figures?.promise_kept_percent ?? null;
  const answer = figures?.answer_seconds ?? null;
  const longest = longestWait(fresh, officeNow.value);
  return (
    <dl class="figures">
      <Figure name={t("In queue")} value={String(fresh.length)} loud={fresh.length > 0} />
      <Figure
        name={t("Longest")} loud={fresh.length > 0}
        value={longest === null ? none : duration(longest)}
      />
      <Figure name={t("Promise kept today")} value={kept === null ? none : `${kept} %`} />
      <Figure name={t("Answer time, mean today")} value={answer === null ? none : `${answer} s`} />
    </dl>
  );
}

function SoundKey() {
  // The touch itself lets a blocked sound through, before it has become a click; see main.tsx.
  const wasBlocked = useRef(false);
  const onTouch = (): void => {
    wasBlocked.current = sound.value === "blocked";
  };
  const words = {
    on: t("Sound on"),
    off: t("Sound off"),
    blocked: t("Click for sound"),
  }[sound.value];
  return (
    <button
      type="button" class={`bar-key sound-${sound.value}`} data-testid="sound"
      data-ringing={ringing.value} aria-pressed={sound.value === "on"} title={t("A new case rings until somebody takes it")}
      onPointerDown={onTouch} onKeyDown={onTouch}
      onClick={() => {
        if (!wasBlocked.current) toggleSound();
      }}
    >
      <Icon name="bell" />
      <span>{words}</span>
    </button>
  );
}

function ThemeKey() {
  const words = { auto: t("Automatic"), light: t("Light"), dark: t("Dark") }[theme.value];
  const sign = { auto: "auto", light: "sun", dark: "moon" } as const;
  return (
    <button
      type="button" class="bar-key" onClick={nextTheme}
      aria-label={t("Colours: {name}", { name: words })} title={t("Colours: {name}", { name: words })}
    >
      <Icon name={sign[theme.value]} />
    </button>
  );
}

function LanguageKey() {
  return (
    <select
      class="bar-key" aria-label={t("Language")} value={language.value}
      onChange={(event) => speak(event.currentTarget.value)}
    >
      {LANGUAGES.map((code) => (
        <option key={code} value={code}>{code.toUpperCase()}</option>
      ))}
    </select>
  );
}

export function TopBar() {
  const { agentName, maxCases, ready } = desk.value;
  const up = linkState.value === "open";
  return (
    <header class="bar">
      <h1>{oneStore(desk.value) ?? t("Help desk")}</h1>
      <Figures />
      <div class="bar-keys">
        <SoundKey />
        <button
          type="button" class="bar-key" aria-expanded={helpShown.value} aria-label={t("Keyboard")}
          title={t("Keyboard")} onClick={toggleHelp}
        >
          <Icon name="keys" />
        </button>
        <ThemeKey />
        <LanguageKey />
        <p class={up ? "agent agent-up" : "agent"} data-testid="agent-chip">
          <span class="dot" aria-hidden="true" />
          {ready
            ? t("{name} · {n} of {max} chats", {
                name: agentName, n: chatCount.value, max: maxCases,
              })
            : t("Connecting…")}
        </p>
      </div>
    </header>
  );
}

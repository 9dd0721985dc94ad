import { useEffect, useRef } from "preact/hooks";
import { lettersOf } from "../letters";
import { ringAtOnce } from "../ring";
import { LOSS } from "../t140";
import { t } from "../words";

/** What the customer is writing now, letter by letter; a place of its own beside what was said. */
export function RemoteLetters({ id }: { id: string }) {
  const { live, remote, alerts } = lettersOf(id);
  const text = remote.trim().replaceAll(LOSS, t("[text missing]"));
  const box = useRef<HTMLParagraphElement>(null);
  const heard = useRef(alerts);
  useEffect(() => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [text]);
  useEffect(() => {
    if (alerts > heard.current) ringAtOnce();
    heard.current = alerts;
  }, [alerts]);
  if (!live && text === "") return null;
  return (
    <section
      class={text === "" ? "letters" : "letters letters-some"}
      aria-label={t("What the customer is writing")}
    >
      {text !== "" && <p class="said-who">{t("The customer is writing…")}</p>}
      <p ref={box} class="letters-text" data-testid="rtt-remote">
        {text}
      </p>
    </section>
  );
}

/** That the customer sees what is written before it is sent. */
export function SeenNote({ id }: { id: string }) {
  if (!lettersOf(id).live) return null;
  return (
    <p class="letters-note" data-testid="rtt-note">
      {t("The customer sees what you write as you write it.")}
    </p>
  );
}

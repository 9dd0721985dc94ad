import type { ComponentChildren } from "preact";
import type { OpenCase } from "../desk";
import {
  batteryWords, earlierWords, languageWords, networkWords, onPhone, positionWords,
  promiseWords, reasonWords, stepIsTrouble, stepWords, totalWords,
} from "../labels";
import { officeNow } from "../work";
import { language, t } from "../words";
import { CartPanel, ResumeKey } from "./CartPanel";
import { Tags } from "./Tags";

function Row({ name, testid, loud = false, children }: {
  name: string; testid?: string; loud?: boolean; children: ComponentChildren;
}) {
  return (
    <div class="row">
      <dt>{name}</dt>
      <dd data-testid={testid} class={loud ? "loud" : undefined}>{children}</dd>
    </div>
  );
}

export function ContextPanel({ shown }: { shown: OpenCase }) {
  const { card } = shown;
  const { context } = card;
  const { device, network, battery, read = [], asked = [] } = context;
  const machine = [card.kiosk, device.model, device.system, device.screen, device.app_version]
    .filter((part) => part !== undefined && part !== "unknown" && part !== "");
  return (
    <aside class="context" data-testid="context-panel" aria-label={t("The whole picture")}>
      <CartPanel card={card} sum={totalWords(context)} />
      <section class="panel">
        <h3>{t("Situation")}</h3>
        <dl>
          <Row name={t("Step")} testid="context-step" loud={stepIsTrouble(context.step)}>
            {stepWords(context.step, context.declines ?? 0)}
          </Row>
          {context.reason != null && (
            <Row name={t("Help was offered")} testid="context-reason" loud>
              {reasonWords(context.reason)}
            </Row>
          )}
          <Row name={t("Language")} testid="context-language">
            {languageWords(context.language, language.value)}
          </Row>
          {card.earlier != null && (
            <Row name={t("Same visit")} testid="context-earlier" loud={card.earlier.waits_for_call === true}>
              {earlierWords(card.earlier, officeNow.value)}
            </Row>
          )}
          <Row name={t("Promise")}>
            {promiseWords(card.promised_seconds, card.answered_seconds)}
          </Row>
          {read.length > 0 && (
            <Row name={t("Has read")} testid="context-read">
              {read.map((article) => (
                <span class="part" key={article.id}>{article.title}</span>
              ))}
            </Row>
          )}
          {asked.length > 0 && (
            <Row name={t("Has asked")} testid="context-asked">
              {asked.map((question) => (
                <span class="part" key={question}>{question}</span>
              ))}
            </Row>
          )}
          <Row name={t("Place")}>
            <span class="part">{context.store}</span>
            <span class="part">{context.till_name} · {positionWords(context.position)}</span>
          </Row>
        </dl>
        <ResumeKey card={card} />
      </section>
      <section class="panel">
        <h3>{t("Kiosk")}</h3>
        <dl>
          <Row name={t("Channel")} testid="context-channel">
            {onPhone(card) ? t("On the phone") : t("The kiosk's screen")}
          </Row>
          {!onPhone(card) && (
            <Row name={t("Network")} testid="context-network" loud={network.kind === "offline"}>
              {networkWords(network)}
            </Row>
          )}
          {!onPhone(card) && (
            <Row name={t("Battery")} testid="context-battery">{batteryWords(battery)}</Row>
          )}
          <Row name={t("Device")} testid="context-device">
            {machine.map((part) => (
              <span class="part" key={part}>{part}</span>
            ))}
          </Row>
        </dl>
      </section>
      <Tags key={card.case} card={card} />
    </aside>
  );
}

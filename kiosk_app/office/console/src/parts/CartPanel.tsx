import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { awayFromTill } from "../labels";
import { money } from "../times";
import type { CartLine, CaseCard } from "../wire";
import { actAtTill, atTill } from "../work";
import { t } from "../words";

const ASKED_MS = 4_000; // as long as a question is in the eye

/** Takes a line away at the second press: the customer has to fetch the goods again. */
function VoidKey({ card, line }: { card: CaseCard; line: CartLine }) {
  const asked = useSignal(false);
  useEffect(() => {
    if (!asked.value) return;
    const forget = setTimeout(() => { asked.value = false; }, ASKED_MS);
    return () => clearTimeout(forget);
  }, [asked.value]);
  const name = t("Take away {item}", { item: line.name });
  return (
    <button
      type="button" data-testid="action-void-line"
      class={asked.value ? "key key-small key-danger" : "key key-small key-bare"}
      title={name}
      aria-label={asked.value ? t("{name}: press once more for yes", { name }) : name}
      disabled={atTill.value.has(`${card.case} ${line.line}`)}
      onClick={() => {
        if (asked.value) actAtTill(card.case, "void_line", line.line);
        asked.value = !asked.value;
      }}
    >
      {asked.value ? t("Sure?") : <span aria-hidden="true">×</span>}
    </button>
  );
}

function UnlockKey({ card, line }: { card: CaseCard; line: CartLine }) {
  return (
    <button
      type="button" class="key key-small key-forward" data-testid="action-unlock-item"
      aria-label={t("Unlock {item}", { item: line.name })}
      disabled={atTill.value.has(`${card.case} ${line.line}`)}
      onClick={() => actAtTill(card.case, "unlock_line", line.line)}
    >
      {t("Unlock")}
    </button>
  );
}

function Line({ card, line }: { card: CaseCard; line: CartLine }) {
  const locked = line.age_restricted === true && line.unlocked !== true;
  return (
    <li>
      <span class="quantity">{line.quantity}×</span>
      <span class="goods">
        {line.name}
        {line.age_restricted && (
          <span class={locked ? "chip chip-help" : "chip"}>
            {locked ? t("Age limit") : t("Age checked")}
          </span>
        )}
      </span>
      <span class="amount">{money(line.amount_ore)}</span>
      {!awayFromTill(card) && <VoidKey card={card} line={line} />}
      {locked && !awayFromTill(card) && <UnlockKey card={card} line={line} />}
    </li>
  );
}

/** What the customer is buying, and what an agent can do about it before their eyes. */
export function CartPanel({ card, sum }: { card: CaseCard; sum: string }) {
  const lines = card.context.cart.lines ?? [];
  return (
    <section class="panel" data-testid="context-cart">
      <h3>
        {t("Cart")} <span class="sum">{sum}</span>
      </h3>
      {lines.length === 0 && <p class="empty">{t("Nothing in it.")}</p>}
      <ul class="lines">
        {lines.map((line) => <Line key={line.line} card={card} line={line} />)}
      </ul>
    </section>
  );
}

/** Lets the customer pay once more, where the terminal has said no or hangs. */
export function ResumeKey({ card }: { card: CaseCard }) {
  const { step } = card.context;
  if (awayFromTill(card) || (step !== "declined" && step !== "card_entry")) return null;
  return (
    <button
      type="button" class="key key-small key-forward" data-testid="action-resume-payment"
      disabled={atTill.value.has(`${card.case} `)}
      onClick={() => actAtTill(card.case, "resume_payment")}
    >
      {t("Open the payment again")}
    </button>
  );
}

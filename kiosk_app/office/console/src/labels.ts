// The wire's words as people say them.
import { byPhone } from "./desk";
import type { Why } from "./over";
import type { NotNow, Sight } from "./sight";
import { dayAndTime, money } from "./times";
import type {
  Battery, CaseCard, Context, EarlierCase, EndCause, HelpReason, Network, PaymentStep, Position,
  ShareAnswer, ShareEndCause, TillOutcome,
} from "./wire";
import { t } from "./words";

export function caseName({ context }: Pick<CaseCard, "context">): string {
  return `${context.store} · ${context.till_name}`;
}

/** True once the case has gone on in the shopper's own phone. */
export function onPhone({ context }: Pick<CaseCard, "context">): boolean {
  return context.channel === "phone";
}

/** True where nobody stands at the till of the case: a number to call, or a phone. */
export function awayFromTill(card: CaseCard): boolean {
  return byPhone(card) || onPhone(card);
}

export function positionWords(position: Position): string {
  switch (position) {
    case "entrance": return t("Entrance");
    case "till": return t("Till");
    case "shelf": return t("Shelf");
  }
}

export function stepWords(step: PaymentStep, declines: number): string {
  switch (step) {
    case "idle": return t("Empty till");
    case "cart": return t("Cart");
    case "payment": return t("Paying");
    case "card_entry": return t("Entering card and code");
    case "declined":
      return declines > 1 ? t("Card declined ×{n}", { n: declines }) : t("Card declined");
    case "paid": return t("Paid");
    case "receipt": return t("Receipt");
  }
}

/** True where the step itself says that the shopper is stuck. */
export function stepIsTrouble(step: PaymentStep): boolean {
  return step === "declined";
}

export function networkWords({ kind, signal_dbm: dbm }: Network): string {
  const measured = (name: string): string =>
    dbm == null ? name : `${name} ${String(dbm).replace("-", "−")} dBm`;
  switch (kind ?? "unknown") {
    case "wired": return t("Cable");
    case "wifi": return measured(t("Wi-Fi"));
    case "mobile": return measured(t("Mobile"));
    case "offline": return t("No network");
    default: return t("Unknown");
  }
}

export function batteryWords({ state, percent }: Battery): string {
  const charged = (name: string): string => (percent == null ? name : `${name} ${percent} %`);
  switch (state ?? "unknown") {
    case "mains": return t("Mains power");
    case "charging": return charged(t("Charging"));
    case "discharging": return charged(t("On battery"));
    default: return t("Unknown");
  }
}

export function languageWords(code: string, inLanguage: string): string {
  try {
    const name = new Intl.DisplayNames([inLanguage], { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(inLanguage) + name.slice(1);
  } catch {
    return code;
  }
}

export function total({ cart }: Context): number {
  return (cart.lines ?? []).reduce((sum, line) => sum + line.amount_ore, 0);
}

export function totalWords(context: Context): string {
  return money(total(context));
}

export function promiseWords(promised: number | null, answered: number | null): string {
  if (promised === null) {
    return answered === null ? t("None given") : t("None given ({n} s)", { n: answered });
  }
  if (answered === null) return t("{n} s", { n: promised });
  return answered <= promised
    ? t("{n} s · kept ({answered} s)", { n: promised, answered })
    : t("{n} s · broken ({answered} s)", { n: promised, answered });
}

/** What came before in the same visit. */
export function earlierWords(earlier: EarlierCase, officeNow: number): string {
  const { pressed_at, cause, waits_for_call } = earlier;
  const time = dayAndTime(pressed_at, officeNow);
  if (waits_for_call === true) return t("Waits for a call too, since {time}.", { time });
  return cause == null
    ? t("Pressed Help at {time}", { time })
    : t("Pressed Help at {time}: {why}", { time, why: endCauseWords(cause) });
}

/** What the card says of the promise once it is kept or broken; null before, or with none. */
export function promiseKept(card: CaseCard, waited: number): boolean | null {
  const { promised_seconds: promised, answered_seconds: answered } = card;
  if (promised === null) return null;
  if (answered !== null) return answered <= promised;
  return card.phase === "queued" && waited > promised ? false : null;
}

/** Why the picture is not the customer's screen of now. */
export function frozenWords(sight: Exclude<Sight, "closed" | "live">): string {
  switch (sight) {
    case "office":
      return t("No contact with the office: nobody here knows whether the customer still shares.");
    case "kiosk":
      return t("The kiosk has no contact: it stops sharing by itself.");
    case "peer":
      return t("The direct connection is silent: the picture comes back with it.");
  }
}

export function notNowWords(why: NotNow): string {
  switch (why) {
    case "card_entry":
      return t("Cannot be asked now: the customer is entering card and code.");
    case "office": return t("Cannot be asked now: no contact with the office.");
    case "kiosk": return t("Cannot be asked now: the kiosk has no contact.");
    case "peer": return t("Cannot be asked before the direct connection is up.");
  }
}

/** Why there was no yes. */
export function deniedWords(answer: ShareAnswer | null | undefined, step: PaymentStep): string {
  switch (answer) {
    case "timed_out": return t("No answer. You can ask again.");
    case "not_now":
      return step === "card_entry"
        ? t("Not possible now: the customer is entering card and code.")
        : t("Not possible just now. Ask again in a moment.");
    case "not_here": return t("Not possible here: another program owns this till's screen.");
    default: return t("The customer said no. You can ask again.");
  }
}

export function shareEndWords(cause: ShareEndCause | null | undefined): string {
  switch (cause) {
    case "shopper_stopped": return t("Ended: the customer stopped sharing.");
    case "agent_stopped": return t("Ended: you stopped watching.");
    case "deadline": return t("Ended: the five minutes are over.");
    case "card_entry": return t("Ended by itself: the customer is entering card and code.");
    case "case_ended": return t("Ended: the case is over.");
    case "media_lost":
      return t("Broken off: the kiosk could not send its picture. Ask again in a moment.");
    case "peer_lost":
      return t("Broken off: the direct connection was lost. Ask again.");
    case "link_lost":
      return t("Broken off: the kiosk lost its network. Ask again when it is back.");
    default: return t("The share has ended.");
  }
}

/** What came of an agent's action at the till. */
export function tillOutcomeWords(outcome: TillOutcome): string {
  switch (outcome) {
    case "done": return t("Done at the till. The customer sees it.");
    case "moved_on": return t("Not done: the till has moved on. Look at the cart again.");
    case "expired": return t("Not done: it reached the till too late. Try again.");
    case "used": return t("That is done already.");
    case "not_signed":
      return t("Not done: the kiosk does not know this office's key. Tell the store's technician.");
    case "not_now": return t("Not done: you are not with this customer any more.");
  }
}

export function endCauseWords(cause: EndCause): string {
  switch (cause) {
    case "resolved": return t("resolved.");
    case "self_solved": return t("the customer found the answer.");
    case "left_menu": return t("the customer closed the help.");
    case "left_queue": return t("the customer left the queue.");
    case "callback": return t("the customer waits for a call instead.");
    case "call_missed": return t("nobody called in time, and the number is deleted.");
    case "shopper_ended": return t("the customer ended the case.");
    case "new_customer": return t("the customer left; the next one is at the till.");
    case "paused": return t("you ended it; help at that kiosk is paused.");
    case "failed": return t("a technical fault at the kiosk; the customer was offered a call.");
  }
}

/** What the till saw before help was offered, and taken. */
export function reasonWords(reason: HelpReason): string {
  switch (reason) {
    case "declines": return t("The card was declined twice");
    case "payment_idle": return t("Has been stuck in the payment");
    case "scans": return t("Three scans found nothing");
    case "age": return t("Goods wait for an age check");
  }
}

/** What the page of a case says that ended under the agent. */
export function overWords(why: Why, phone = false): string {
  switch (why) {
    case "failed":
      if (phone) return t("The case is closed: the customer's phone has been gone for too long.");
      return t("The case is closed: {why}", { why: endCauseWords(why) });
    case "queued": return t("The case is back in the queue: you were away too long.");
    case "taken": return t("The case is with somebody else now.");
    case "unknown": return t("The case is not yours any more.");
    case "new_customer": return t("The case is closed: the customer left.");
    default: return t("The case is closed: {why}", { why: endCauseWords(why) });
  }
}

export function refusalWords(code: string, message: string): string {
  switch (code) {
    case "taken": return t("Somebody else was faster. The case is with them.");
    case "lapsed": return t("The offer had run out. Take the case again from the list.");
    case "full": return t("You have as many cases as you can. Finish one first.");
    case "moved_on": return t("Not done: the till has moved on. Look at the cart again.");
    case "gone": return t("The case has ended. Nothing was sent.");
    case "not_yours": return t("That case is no longer yours. Nothing was changed.");
    case "share_pending": return t("The customer is asked already. Wait for the answer.");
    case "card_entry":
      return t("The customer is entering card and code. Ask to see the screen afterwards.");
    case "kiosk_gone": return t("The kiosk has no contact. Try again when it is back.");
    case "phone_gone": return t("The phone has no contact. Try again when it is back.");
    case "too_large": return t("That is too large to send. Make it shorter.");
    case "busy": return t("The office could not write that down. Nothing was changed; try again.");
    default: return message;
  }
}

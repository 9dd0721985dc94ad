// The agent's first message, filled in from what the case says, in the customer's language. Pure.
import type { OpenCase } from "./desk";
import { total, totalWords } from "./labels";
import { t } from "./words";

/** True while the agent has not said anything in the case. */
export function greetingDue({ card, chat }: OpenCase): boolean {
  return card.mine && card.phase === "active"
    && !chat.some(({ message }) => message.author === "agent");
}

/** What the customer will read: the cart's sum, who writes, and where the customer stands. */
export function greeting({ card }: OpenCase, name: string): string {
  const { context } = card;
  const { language, till_name: place } = context;
  const hello = total(context) === 0
    ? t("Hi! How can I help?", {}, language)
    : t("Hi! I can see your cart ({total}). How can I help?", { total: totalWords(context) }, language);
  const who = t("I am {name} and can see that you are at {place}.", { name, place }, language);
  return `${hello} ${who}`;
}

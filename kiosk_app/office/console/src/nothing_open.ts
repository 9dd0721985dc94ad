// What the middle of the page says while no case is open. Pure.
import type { Lists } from "./desk";
import type { LinkState } from "./link";
import { t } from "./words";

/** Two lines: how it is, and what the agent can do about it. */
export function nothingOpen(lists: Lists, link: LinkState): readonly [string, string] {
  if (link !== "open") {
    return [t("Waiting for contact."), t("What is waiting is seen again as soon as there is contact.")];
  }
  if (lists.fresh.length > 0) {
    return [t("Somebody is waiting for you."), t("Alt + Enter takes the oldest case.")];
  }
  if (lists.callbacks.length > 0) {
    return [t("Somebody wants to be called."), t("Take the call to the left, then ring the number.")];
  }
  if (lists.mine.length > 0) {
    return [t("No case is chosen."), t("Alt + 1 opens the first of yours.")];
  }
  return [t("All quiet."), t("A new case shows up to the left, and rings.")];
}

// The keyboard, wherever the focus is. Alt goes by the key's place, as a Mac types signs with it.
import { signal } from "@preact/signals";
import {
  acceptOldest, askForScreen, endScreen, greet, inbox, notNow, open, openCase, write,
} from "./work";

const KEPT = "console.keys";

/** The line with the keys is there until the agent knows them. */
export const helpShown = signal(localStorage.getItem(KEPT) !== "off");

export function toggleHelp(): void {
  helpShown.value = !helpShown.value;
  localStorage.setItem(KEPT, helpShown.value ? "on" : "off");
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    || target instanceof HTMLSelectElement;
}

function onAlt(event: KeyboardEvent): boolean {
  const digit = /^Digit([0-9])$/.exec(event.code)?.[1];
  if (digit === "0") {
    document.querySelector<HTMLElement>("#queue")?.focus();
    return true;
  }
  if (digit !== undefined) {
    const chosen = inbox.value.mine[Number(digit) - 1];
    if (chosen !== undefined) openCase(chosen.card.case);
    return true;
  }
  if (event.code === "Enter") {
    acceptOldest();
    return true;
  }
  if (event.code === "KeyH" && open.value !== null) {
    greet(open.value);
    return true;
  }
  if (event.code === "KeyS" && open.value !== null) {
    const { case: id, share } = open.value.card;
    if (share.state === "granted" || share.state === "asked") endScreen(id);
    else if (notNow(open.value) === null) askForScreen(id);
    return true;
  }
  return false;
}

export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  if (event.altKey) {
    if (onAlt(event)) event.preventDefault();
    return;
  }
  if (isWriting(event.target)) return;
  if (event.key === "Enter" && event.target === document.body) {
    acceptOldest();
    event.preventDefault();
  } else if (event.key === "/") {
    write();
    event.preventDefault();
  } else if (event.key === "?") {
    toggleHelp();
    event.preventDefault();
  }
}

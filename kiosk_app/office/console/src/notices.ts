// What has to be said once: shown for a while, and read out by screen readers.
import { signal } from "@preact/signals";

const SHOWN_MS = 12_000; // long enough to finish a sentence in a chat and still read it

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly kind: "said" | "wrong";
}

export const notices = signal<readonly Notice[]>([]);
/** Only read out, for what the page already shows. */
export const announced = signal("");

let count = 0;

export function notify(text: string, kind: Notice["kind"] = "said"): void {
  count += 1;
  const id = count;
  notices.value = [...notices.value.slice(-3), { id, text, kind }];
  setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}

export function announce(text: string): void {
  announced.value = text;
}

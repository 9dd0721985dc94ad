// The letters of both sides as they are written, by case: beside the chat, in the same connection,
// and nothing that is kept. What is sent is a chat message, and its letters are shown no longer.
import { signal } from "@preact/signals";
import { T140Receiver, T140Sender } from "./t140";
import type { ChatMessage } from "./wire";

export interface LettersView {
  /** Letters go just now. */
  readonly live: boolean;
  /** What the customer has written and not sent. */
  readonly remote: string;
  /** How often they called for attention. */
  readonly alerts: number;
}

const NONE: LettersView = { live: false, remote: "", alerts: 0 };

const shown = signal<ReadonlyMap<string, LettersView>>(new Map());

export function lettersOf(id: string): LettersView {
  return shown.value.get(id) ?? NONE;
}

/** One case's letters, for as long as the case is this agent's. */
export class Letters {
  private readonly sender = new T140Sender();
  private readonly receiver = new T140Receiver();
  private readonly settled = new Set<string>();
  private send: ((block: string) => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `theirs`: who the letters that come are by. */
  constructor(
    private readonly id: string,
    private readonly theirs: ChatMessage["author"] = "shopper",
  ) {}

  /** There is a new channel, or none any more: then what was on its way may be lost. */
  way(send: ((block: string) => void) | null): void {
    if (send === null && this.send === null) return;
    this.send = send;
    if (send === null) {
      clearTimeout(this.timer);
      this.receiver.lose();
    } else {
      this.sender.open();
      this.flush();
    }
    this.show();
  }

  /** This is what stands in the agent's line now. */
  write(draft: string): void {
    this.sender.write(draft);
    this.flush();
  }

  /** The draft is a message now. Called before it goes, so that its letters come first. */
  submitted(): void {
    if (this.send === null) {
      this.sender.write("");
      return;
    }
    const block = this.sender.end(performance.now());
    if (block !== "") this.send(block);
    this.plan();
  }

  received(untrusted: string): void {
    this.receiver.receive(untrusted);
    this.show();
  }

  /** A message of the other side's has come, by whichever way; each counts once. */
  said(message: ChatMessage): void {
    if (message.author !== this.theirs || this.settled.has(message.id)) return;
    this.settled.add(message.id);
    this.receiver.settle(message.text);
    this.show();
  }

  /** The case is this agent's no longer: nothing of it stays. */
  close(): void {
    clearTimeout(this.timer);
    this.send = null;
    shown.value = new Map([...shown.value].filter(([each]) => each !== this.id));
  }

  private flush(): void {
    if (this.send === null) return;
    const block = this.sender.take(performance.now());
    if (block !== "") this.send(block);
    this.plan();
  }

  private plan(): void {
    clearTimeout(this.timer);
    const now = performance.now();
    const due = this.send === null ? null : this.sender.due(now);
    if (due !== null) this.timer = setTimeout(() => this.flush(), Math.ceil(due - now));
  }

  private show(): void {
    const { shown: remote, alerts } = this.receiver;
    shown.value = new Map(shown.value).set(this.id, { live: this.send !== null, remote, alerts });
  }
}

// That somebody writes: told to the other side, and shown of them.

const SHOWN_MS = 6_000; // a stop that was lost on the way must not type for ever
const TOLD_MS = 3_000; // without a key for this long nobody writes

type Timer = ReturnType<typeof setTimeout>;

/** Shows that the other side writes, until they stop or are not heard of again. */
export class TypingShown {
  private timer: Timer | undefined;

  constructor(private readonly show: (typing: boolean) => void) {}

  set(typing: boolean): void {
    clearTimeout(this.timer);
    this.show(typing);
    if (typing) this.timer = setTimeout(() => this.set(false), SHOWN_MS);
  }

  close(): void {
    clearTimeout(this.timer);
  }
}

/** Tells the other side, once, that somebody writes here, and once that they do no longer. */
export class TypingTold {
  private timer: Timer | undefined;

  constructor(private readonly tell: (typing: boolean) => void) {}

  /** `text` stands in the line now. */
  wrote(text: string): void {
    const told = this.timer !== undefined;
    this.close();
    if (text.trim() === "") {
      if (told) this.tell(false);
      return;
    }
    if (!told) this.tell(true);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.tell(false);
    }, TOLD_MS);
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

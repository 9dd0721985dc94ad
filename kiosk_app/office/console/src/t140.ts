// Real-time text: T.140 as RFC 8865 carries it, both ends of it, without clock or wire. The rules
// are those of kiosk_app/protocol/t140.py, and tests/support/t140.json holds both to them.

export const T140_CHANNEL = "t140"; // label and subprotocol
export const T140_CHARS = 8 * 1024; // of one T140block, as in limits.py

const INTERVAL_MS = 300;
const WINDOW_MS = 10_000;
const WINDOW_CHARS = 300; // cps 30 over any ten seconds
const LINE_CHARS = 4_000; // a line and what comes before its message does

const ERASE = "\u0008";
const NEW_LINE = "\u2028";
const START = "\ufeff";
/** Stands for text that is missing; shown in words. */
export const LOSS = "\ufffd";

const RUNS = /\x08+|[^\x08]+/g;
const LINE_ENDS = /\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]/g;
// Strings and renditions (ISO 6429) that T.140 allows and nobody here shows.
const SEQUENCES = /\x98[^\x9c]*\x9c|\x9b[0-?]*[@-~]|\x1b[^]/gu;
const CONTROLS = /[\x00-\x07\x0b-\x1f\x7f-\x9f\ufeff]/g;

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** `text` in what a reader calls characters: the units that are erased. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** What to send so that the other end shows the draft. Times are ms of performance.now(). */
export class T140Sender {
  private draft = "";
  private shown = "";
  private first = "";
  private flushedAt = -INTERVAL_MS;
  private spent: { readonly at: number; readonly count: number }[] = [];

  /** What the other end shows once all that was sent has come. */
  get sent(): string {
    return this.shown;
  }

  /** This is what stands in the line now. */
  write(draft: string): void {
    this.draft = draft.replace(LINE_ENDS, "\n").replace(CONTROLS, "").replaceAll(ERASE, "");
  }

  /**
   * A new channel. Nothing is sent twice: whatever is left there of the line is erased, with the
   * mark of loss after it, and the line written anew.
   */
  open(): void {
    const left = graphemes(this.shown).length;
    this.first = START + ERASE.repeat(left > 0 ? left + 1 : 0);
    this.shown = "";
    this.flushedAt = -INTERVAL_MS;
    this.spent = [];
  }

  /** When `take` has something; null while there is nothing to send. */
  due(now: number): number | null {
    if (this.first === "" && this.draft === this.shown) return null;
    let at = Math.max(now, this.flushedAt + INTERVAL_MS);
    let spent = this.spent.reduce((sum, { count }) => sum + count, 0);
    for (const { at: when, count } of this.spent) {
      if (spent < WINDOW_CHARS) break;
      spent -= count;
      at = Math.max(at, when + WINDOW_MS);
    }
    return at;
  }

  /** What to send at `now`; empty when it is not due. */
  take(now: number): string {
    const due = this.due(now);
    return due === null || due > now ? "" : this.flush(now);
  }

  /**
   * The draft is sent. What the rate leaves no room for is in the chat message. Empty where the
   * other end has nothing of it.
   */
  end(now: number): string {
    const text = this.flush(now);
    const ends = this.shown !== "";
    this.draft = this.shown = "";
    return ends ? text + NEW_LINE : text;
  }

  private flush(now: number): string {
    this.spent = this.spent.filter(({ at }) => at + WINDOW_MS > now);
    const room = WINDOW_CHARS - this.spent.reduce((sum, { count }) => sum + count, 0);
    const change = [...changed(this.shown, this.draft)].slice(0, room);
    const text = this.first + change.join("").replaceAll("\n", NEW_LINE);
    this.first = "";
    this.shown = applied(this.shown, change.join(""));
    if (text !== "") {
      this.flushedAt = now;
      this.spent.push({ at: now, count: change.length });
    }
    return text;
  }
}

/** What the other side has written and not sent yet. */
export class T140Receiver {
  alerts = 0;
  private text = "";
  private settling = "";
  private afterReturn = false;
  private lost = false;

  /** The text to show, lines parted by newline; LOSS where some is missing. */
  get shown(): string {
    return this.settling === "" ? this.text : "";
  }

  /** A T140block. What T.140 does not know is passed over. */
  receive(untrusted: string): void {
    const text = this.afterReturn && untrusted.startsWith("\n") ? untrusted.slice(1) : untrusted;
    this.afterReturn = untrusted.endsWith("\r");
    if (this.lost && text.startsWith(START)) {
      this.lost = false;
      // Whoever wrote the line knows it no longer, and begins anew.
      if (!text.startsWith(START + ERASE)) this.text = this.settling = "";
    }
    this.alerts += text.split("\u0007").length - 1;
    const plain = text.replace(SEQUENCES, "").replace(LINE_ENDS, "\n").replace(CONTROLS, "");
    const line = applied(this.text, plain);
    this.text = line.length > LINE_CHARS ? [...line].slice(-LINE_CHARS).join("") : line;
    this.resolve();
  }

  /** The channel is gone, and what was on its way in it. */
  lose(): void {
    this.afterReturn = false;
    this.lost = true;
    if (this.settling !== "") this.text = this.settling = "";
    else if (this.text !== "" && !this.text.endsWith(LOSS)) this.text += LOSS;
  }

  /**
   * `message` has come as a whole; the letters that became it are shown no longer. It may
   * overtake them: what of it is still to come is not shown then.
   */
  settle(message: string): void {
    const before = this.text;
    if (before.trim() === "") return;
    const whole = message.replace(LINE_ENDS, "\n").trim();
    this.settling = whole;
    this.resolve();
    if (this.settling !== "" || this.text !== before) return;
    // Not letter by letter what came: it was cut, or a part of it was lost.
    const lines = before.split("\n");
    const ended = Math.min(lines.length - 1, whole.split("\n").length);
    if (ended > 0) this.text = lines.slice(ended).join("\n");
    else if (before.includes(LOSS)) this.text = "";
  }

  private resolve(): void {
    const whole = this.settling;
    if (whole === "") return;
    const text = this.text.trimStart();
    const same = alike(whole, text);
    let rest = text.slice(same);
    if (same === whole.length) rest = rest.replace(/^[ \t]+/, "");
    if (rest === "") return; // the end of it is on its way
    if (rest.startsWith("\n")) this.text = rest.trimStart();
    this.settling = "";
  }
}

/** How much of the two begins alike. */
function alike(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at += 1;
  return at;
}

/** The erasures and letters that make `next` of `old`. */
function changed(old: string, next: string): string {
  if (next.startsWith(old)) return next.slice(old.length);
  const same = alike(old, next);
  const clusters = graphemes(old);
  let kept = 0;
  let at = 0;
  for (; at < clusters.length; at += 1) {
    const length = clusters[at]?.length ?? 0;
    if (kept + length > same) break;
    kept += length;
  }
  return ERASE.repeat(clusters.length - at) + next.slice(kept);
}

/** `text` after `change`; erasing an empty line changes nothing. */
function applied(text: string, change: string): string {
  let line = text;
  for (const [part] of change.matchAll(RUNS)) {
    if (!part.startsWith(ERASE)) {
      line += part;
      continue;
    }
    const clusters = graphemes(line);
    line = clusters.slice(0, Math.max(0, clusters.length - part.length)).join("");
  }
  return line;
}

// Voice and video on the phone: offered or asked for, agreed by both, ended by either. The rules are
// those of kiosk_app/case/talk/call.py; what opens a microphone or a camera is a press on this phone.
import { signal } from "@preact/signals";
import type { Sent } from "../call_ends";
import type { CallNow } from "../wire";

const ANSWER_MS = 30_000; // unanswered for so long is a no

export type Kind = "voice" | "video";
export type Device = "microphone" | "camera";
export type Reason = "guidance" | "age_check" | "visual_fault";
export type Trouble = "denied" | "missing" | "busy" | "insecure";

export interface Offer {
  readonly ask: string;
  readonly kind: Kind;
  readonly reason: Reason;
}

export interface CallState {
  readonly phase: NonNullable<CallNow["phase"]>;
  readonly kind: Kind | null;
  readonly muted: boolean;
  readonly offer: Offer | null;
  /** What keeps the shopper from it, of which device; null for nothing. */
  readonly trouble: readonly [Device, Trouble] | null;
  readonly cause: NonNullable<CallNow["cause"]> | null;
}

export interface CallEnds {
  report(call: CallNow): void;
  /** Rejects with a DOMException, or anything where there are no devices at all. */
  open(device: Device): Promise<MediaStream>;
  send(sent: Sent): void;
}

const NOTHING: CallState = {
  phase: "none", kind: null, muted: false, offer: null, trouble: null, cause: null,
};

export const callState = signal<CallState>(NOTHING);
/** The shopper's own picture, while there is one. */
export const ownSight = signal<MediaStream | null>(null);

export class Calling {
  private kind: Kind | null = null;
  private agreed = false;
  private connected = false;
  private muted = false;
  private offer: Offer | null = null;
  private answer: CallNow["answer"] = null;
  private cause: CallState["cause"] = null;
  private trouble: CallState["trouble"] = null;
  private voice: MediaStream | null = null;
  private told = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ends: CallEnds) {}

  /** The agent wants to talk or see; where the shopper has asked it is the agent's yes. */
  asked(offer: Offer): void {
    if (this.offer !== null) return;
    if (this.kind !== null && !this.agreed) this.agreed = true;
    if (this.agreed && (offer.kind === "voice" || this.kind === "video")) {
      this.answered("granted");
      return;
    }
    this.offer = offer;
    this.answer = null;
    this.timer = setTimeout(() => {
      this.offer = null;
      this.answered("timed_out");
    }, ANSWER_MS);
    this.settle();
  }

  async accept(): Promise<void> {
    const offer = this.takeAway();
    if (offer === null) return;
    const before = this.agreed;
    if (await this.open(offer.kind)) {
      this.agreed = true;
      this.kind = offer.kind;
      this.cause = null;
      this.answered("granted");
    } else if (before) {
      this.answered("no_device");
    } else {
      this.stop();
      this.answered("no_device");
    }
  }

  refuse(): void {
    if (this.takeAway() !== null) this.answered("refused");
  }

  /** The shopper wants to talk or be seen: asked of the agent, at once in a call. */
  async wish(kind: Kind): Promise<void> {
    if (!(await this.open(kind))) {
      if (!this.agreed) this.stop();
      this.settle();
      return;
    }
    this.kind = kind === "video" || this.kind === "video" ? "video" : kind;
    this.cause = null;
    this.settle();
  }

  mute(): void {
    if (!this.agreed) return;
    this.muted = !this.muted;
    this.settle();
  }

  /** Back to voice. */
  stopCamera(): void {
    stopTracks(ownSight.value);
    ownSight.value = null;
    if (this.kind === "video") this.kind = "voice";
    this.settle();
  }

  end(cause: NonNullable<CallState["cause"]>): void {
    const offered = this.takeAway() !== null;
    const there = this.kind !== null;
    if (there) this.cause = cause;
    this.stop();
    if (offered && !there) this.answered("not_now");
    else this.settle();
  }

  peer(connected: boolean): void {
    this.connected = connected;
    this.settle();
  }

  /** The office may know of another state, or of none. */
  tell(): void {
    if (this.told !== "") this.settle(true);
  }

  private get phase(): CallState["phase"] {
    if (this.agreed) return this.connected ? "live" : "connecting";
    if (this.kind !== null) return "asked";
    if (this.offer !== null) return "offered";
    return this.cause === null ? "none" : "ended";
  }

  private async open(kind: Kind): Promise<boolean> {
    this.trouble = null;
    try {
      if (this.voice === null) this.voice = await this.opened("microphone", () => this.end("no_microphone"));
    } catch (error) {
      this.trouble = ["microphone", troubleOf(error)];
      return false;
    }
    if (kind === "voice" || ownSight.value !== null) return true;
    try {
      ownSight.value = await this.opened("camera", () => this.stopCamera());
    } catch (error) {
      this.trouble = ["camera", troubleOf(error)];
      return false;
    }
    return true;
  }

  private async opened(device: Device, gone: () => void): Promise<MediaStream> {
    const stream = await this.ends.open(device);
    for (const track of stream.getTracks()) track.addEventListener("ended", gone);
    return stream;
  }

  private takeAway(): Offer | null {
    clearTimeout(this.timer);
    const offer = this.offer;
    this.offer = null;
    return offer;
  }

  private stop(): void {
    stopTracks(this.voice);
    stopTracks(ownSight.value);
    this.voice = ownSight.value = null;
    this.kind = null;
    this.agreed = this.muted = false;
  }

  private answered(answer: CallNow["answer"]): void {
    this.answer = answer;
    this.settle(true);
  }

  private settle(always = false): void {
    const [voice = null] = this.voice?.getTracks() ?? [];
    const [sight = null] = ownSight.value?.getTracks() ?? [];
    if (voice !== null) voice.enabled = !this.muted;
    this.ends.send(this.agreed ? { voice, sight } : { voice: null, sight: null });
    callState.value = {
      phase: this.phase, kind: this.kind, muted: this.muted, offer: this.offer,
      trouble: this.trouble, cause: this.cause,
    };
    const now: CallNow = {
      phase: this.phase,
      kind: this.kind,
      offered: this.offer?.kind ?? null,
      answer: this.answer ?? null,
      muted: this.muted,
      camera: this.agreed && sight !== null,
      cause: this.cause,
    };
    const text = JSON.stringify(now);
    const nothing = this.told === "" && this.phase === "none" && this.answer === null;
    if ((text === this.told || nothing) && !always) return;
    this.told = text;
    this.ends.report(now);
  }
}

function stopTracks(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof DOMException)) return "insecure";
  switch (error.name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    default:
      return "busy";
  }
}

// What a call's state means for the agent: pure, so that it can be tested without a microphone.
import type { LinkState } from "./link";
import type { PeerState } from "./peer";
import type { CallNow, CaseCard } from "./wire";

export type CallPhase = NonNullable<CallNow["phase"]>;

export function phaseOf(call: CallNow): CallPhase {
  return call.phase ?? "none";
}

/** True when both want it. */
export function running(call: CallNow): boolean {
  const phase = phaseOf(call);
  return phase === "connecting" || phase === "live";
}

/** True while the shopper is asked by the agent. What the kiosk suggests is in nobody's way. */
export function asking(call: CallNow): boolean {
  return call.offered != null && call.suggested !== true;
}

/** True when the shopper waits for the agent to join. */
export function wanted(call: CallNow): boolean {
  return phaseOf(call) === "asked";
}

/** What `now`, after `before`, asks of the agent's devices. */
export function devicesAfter(before: CallNow | null, now: CallNow): "open" | "close" | "as they are" {
  if (running(now)) return "open";
  if (before === null || same(before, now)) return "as they are";
  // The microphone stays ready while the shopper is asked, or asks.
  const waits = phaseOf(now) === "offered" || phaseOf(now) === "asked";
  return waits ? "as they are" : "close";
}

export function same(one: CallNow, other: CallNow): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Why a call cannot be asked for now; null when it can. */
export type NoCall = "office" | "kiosk" | "phone" | "peer" | "card_entry";

export function whyNoCall(
  card: CaseCard, kind: "voice" | "video", link: LinkState, peer: PeerState,
): NoCall | null {
  if (link !== "open") return "office";
  if (card.kiosk_gone_since !== null) return card.context.channel === "phone" ? "phone" : "kiosk";
  if (kind === "video" && card.context.step === "card_entry") return "card_entry";
  if (peer !== "connected") return "peer";
  return null;
}

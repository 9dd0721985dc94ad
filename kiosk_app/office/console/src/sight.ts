// What the agent may believe of a share and of a connection, from what is really heard. Pure.
import type { LinkState } from "./link";
import type { PeerState } from "./peer";
import type { CaseCard } from "./wire";

/**
 * `live` only while the office, the kiosk and the direct connection are all heard from; `office`,
 * `kiosk` and `peer` name the one that is silent: the share may have ended without our hearing.
 */
export type Sight = "closed" | "live" | "office" | "kiosk" | "peer";

export function sightOf(card: CaseCard, secondsLeft: number, link: LinkState, peer: PeerState): Sight {
  if (card.share.state !== "granted" || secondsLeft <= 0) return "closed";
  if (link !== "open") return "office";
  if (card.kiosk_gone_since !== null) return "kiosk";
  return peer === "connected" ? "live" : "peer";
}

/** Why the customer cannot be asked for the screen just now; null: they can. */
export type NotNow = "office" | "kiosk" | "peer" | "card_entry";

export function whyNotAsk(card: CaseCard, link: LinkState, peer: PeerState): NotNow | null {
  if (card.context.step === "card_entry") return "card_entry";
  if (link !== "open") return "office";
  if (card.kiosk_gone_since !== null) return "kiosk";
  return peer === "connected" ? null : "peer";
}

// The direct connections of this agent's cases, one a case, and what goes by them alone: letters as
// they are written, and that somebody writes.
import { signal } from "@preact/signals";
import type { Received } from "./call_ends";
import { onPhone } from "./labels";
import { Letters } from "./letters";
import { Peer, type Offer, type PeerState } from "./peer";
import { TypingShown, TypingTold } from "./typing";
import type { CaseCard, ChatMessage } from "./wire";

export interface PeerView {
  readonly state: PeerState;
  readonly typing: boolean;
  readonly screen: MediaStreamTrack | null;
  readonly call: Received | null;
}

const NO_PEER: PeerView = { state: "resting", typing: false, screen: null, call: null };

const shown = signal<ReadonlyMap<string, PeerView>>(new Map());

export function peerOf(id: string): PeerView {
  return shown.value.get(id) ?? NO_PEER;
}

export interface PeersEvents {
  /** Send this to the kiosk by the office. */
  onOffer(id: string, offer: Offer): void;
  onChat(id: string, message: ChatMessage): void;
}

interface Connected {
  readonly peer: Peer;
  readonly letters: Letters;
  readonly theirTyping: TypingShown;
  readonly typing: TypingTold;
}

export class Peers {
  private readonly all = new Map<string, Connected>();

  constructor(private readonly events: PeersEvents) {}

  /** Connects these cases and no others. `drafts`: what stands in their lines. */
  sync(cards: readonly CaseCard[], drafts: ReadonlyMap<string, string>): void {
    const wanted = new Map(cards.map((card) => [card.case, card]));
    for (const id of [...this.all.keys()]) {
      if (!wanted.has(id)) this.forget(id);
    }
    for (const [id, card] of wanted) {
      if (this.peer(id)?.phone === !onPhone(card)) this.forget(id); // the kiosk's is over
      const { peer } = this.all.get(id) ?? this.connect(card, drafts.get(id) ?? "");
      if (card.kiosk_gone_since === null) peer.start();
      else peer.rest();
    }
  }

  peer(id: string): Peer | undefined {
    return this.all.get(id)?.peer;
  }

  /** This stands in the agent's line now. */
  write(id: string, text: string): void {
    const connected = this.all.get(id);
    connected?.letters.write(text);
    connected?.typing.wrote(text);
  }

  /** What stands in the agent's line is a message now. Called before it goes. */
  submitted(id: string): void {
    this.all.get(id)?.letters.submitted();
  }

  /** A message was said in the case, by whichever way it came. */
  said(id: string, message: ChatMessage): void {
    this.all.get(id)?.letters.said(message);
  }

  /** The shopper has sent what they wrote. */
  stoppedTyping(id: string): void {
    this.all.get(id)?.theirTyping.set(false);
  }

  close(): void {
    for (const id of [...this.all.keys()]) this.forget(id);
  }

  private connect(card: CaseCard, draft: string): Connected {
    const id = card.case;
    const letters = new Letters(id);
    letters.write(draft);
    const theirTyping = new TypingShown((typing) => this.show(id, { typing }));
    const peer = new Peer(id, onPhone(card) ? null : card.kiosk_key, {
      onState: (state) => this.show(id, { state }),
      onOffer: (offer) => this.events.onOffer(id, offer),
      onChat: (message) => {
        theirTyping.set(false);
        letters.said(message);
        this.events.onChat(id, message);
      },
      onTyping: (typing) => theirTyping.set(typing),
      onLettersWay: (send) => letters.way(send),
      onLetters: (block) => letters.received(block),
      onScreen: (screen) => this.show(id, { screen }),
      onCall: (call) => this.show(id, { call }),
    });
    const connected = {
      peer, letters, theirTyping, typing: new TypingTold((typing) => peer.typing(typing)),
    };
    this.all.set(id, connected);
    return connected;
  }

  private forget(id: string): void {
    const connected = this.all.get(id);
    if (connected === undefined) return;
    connected.peer.close();
    connected.letters.close();
    connected.theirTyping.close();
    connected.typing.close();
    this.all.delete(id);
    shown.value = new Map([...shown.value].filter(([each]) => each !== id));
  }

  private show(id: string, change: Partial<PeerView>): void {
    shown.value = new Map(shown.value).set(id, { ...peerOf(id), ...change });
  }
}

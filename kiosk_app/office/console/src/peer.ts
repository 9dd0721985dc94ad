// The direct connection to one case's kiosk: data channels and the screen's video. The console
// always offers; a connection that is lost is never mended but made anew.
import { CallEnds, NOTHING_SENT, type Received, type Sent } from "./call_ends";
import { GONE_MS, gathered } from "./gathering";
import { parsed } from "./on_peer";
import { bound, signedByKiosk } from "./signature";
import { T140_CHANNEL, T140_CHARS } from "./t140";
import { backoff } from "./times";
import type { ChatMessage, OnPeer } from "./wire";

const PING_MS = 1_000; // as PEER_PING_SECONDS of the protocol
const SILENT_MS = 2_500; // two pings unanswered and a half: no longer said to be connected
const ANSWER_MS = 12_000; // the kiosk may have to start its media process and give up a dead STUN
const DOUBT_MS = 800; // a round trip over a far TURN server, twice
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const STABLE_MS = 10_000;

/**
 * `connected` while pings are answered, `silent` when they stop and until it is `lost`.
 * `refused`: the answer was not by the kiosk's key. `unable`: this browser cannot check that.
 * Neither is tried again without the agent.
 */
export type PeerState =
  | "resting" | "connecting" | "connected" | "silent" | "lost" | "refused" | "unable";

export interface Offer {
  readonly generation: number;
  readonly nonce: string;
  readonly sdp: string;
}

export interface PeerEvents {
  onState(state: PeerState): void;
  /** Send this to the kiosk by the office. */
  onOffer(offer: Offer): void;
  onChat(message: ChatMessage): void;
  onTyping(typing: boolean): void;
  /** Real-time text goes by `send` from now on; null when there is no way for it any more. */
  onLettersWay(send: ((block: string) => void) | null): void;
  onLetters(block: string): void;
  /** The screen's track, live from the start and without pictures until a share is granted. */
  onScreen(track: MediaStreamTrack | null): void;
  /** The call's tracks, live from the start and silent until there is a call. */
  onCall(received: Received | null): void;
}

interface Attempt {
  readonly connection: RTCPeerConnection;
  readonly chat: RTCDataChannel;
  readonly ping: RTCDataChannel;
  readonly letters: RTCDataChannel;
  readonly nonce: string;
  readonly startedAt: number;
  call: CallEnds | null;
  /** Given when the offer is sent, so that nothing newer can have been heard of; 0 before. */
  generation: number;
  answered: boolean;
  /** When anything was last heard, in ms of performance.now(); null until the channels open. */
  heardAt: number | null;
  pings: number;
  /** True once pings have gone unanswered for SILENT_MS. */
  silent: boolean;
}

/** Keeps one kiosk connected for as long as its case is the agent's. */
export class Peer {
  private attempt: Attempt | null = null;
  /** The highest number known to be used in the case, by this window or another. */
  private last = 0;
  private tries = 0;
  private sent: Sent = NOTHING_SENT;
  private wanted = false;
  private givenUp = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly beat: ReturnType<typeof setInterval>;
  private beatAt = performance.now();

  constructor(
    private readonly caseId: string,
    /** null: a phone, which has no key; its session at the office vouches for it. */
    private readonly kioskKey: string | null,
    private readonly events: PeerEvents,
  ) {
    this.beat = setInterval(() => this.onBeat(), PING_MS);
  }

  get phone(): boolean {
    return this.kioskKey === null;
  }

  /** Connects, unless a connection is there or on its way. */
  start(): void {
    if (this.givenUp) return;
    this.wanted = true;
    if (this.attempt === null && this.retry === undefined) void this.connect();
  }

  /** The kiosk cannot be reached through the office: what is up stays up, nothing new is tried. */
  rest(): void {
    this.wanted = false;
    this.stopRetry();
    if (this.attempt !== null && this.attempt.heardAt === null) this.drop("resting");
  }

  /** A new connection now, whatever there is: the agent asks for it. */
  again(): void {
    this.givenUp = false;
    this.wanted = true;
    this.tries = 0;
    this.drop("connecting");
    this.stopRetry();
    void this.connect();
  }

  /**
   * The kiosk has lost `generation`, or never had one (0); or another window had come as far as
   * `generation` before this one.
   */
  wantedAnew(generation: number): void {
    this.last = Math.max(this.last, generation);
    const current = this.attempt;
    if (current === null) {
      this.start();
      return;
    }
    if (current.generation === 0) return; // the offer is not sent yet and will be the newest
    // An offer just sent may cross with the kiosk's "never had one" on its way here.
    const justOffered = performance.now() - current.startedAt < GONE_MS && !current.answered;
    const lost = generation >= current.generation || (generation === 0 && !justOffered);
    if (!lost) return;
    // An office that has been away asks for a connection without knowing of a living one.
    if (current.heardAt === null || generation > current.generation) this.lose();
    else this.doubt(current);
  }

  /** Gives `attempt` up unless it is heard from at once. */
  private doubt(attempt: Attempt): void {
    const heardAt = attempt.heardAt;
    this.ping(attempt);
    setTimeout(() => {
      if (this.attempt === attempt && attempt.heardAt === heardAt) this.lose();
    }, DOUBT_MS);
  }

  private ping(attempt: Attempt): void {
    attempt.pings += 1;
    this.send(attempt.ping, { type: "ping", count: attempt.pings });
  }

  async answered(generation: number, untrustedSdp: string, signature: string): Promise<void> {
    const attempt = this.attempt;
    if (attempt === null || attempt.generation !== generation || attempt.answered) return;
    const answer = bound(untrustedSdp);
    let signed = false;
    try {
      signed =
        answer.sdp !== null &&
        (this.kioskKey === null ||
          (await signedByKiosk(
            this.kioskKey, signature, this.caseId, attempt.nonce, answer.fingerprint,
          )));
    } catch {
      if (this.attempt === attempt) this.giveUp("unable");
      return;
    }
    if (this.attempt !== attempt || attempt.answered) return;
    if (!signed || answer.sdp === null) {
      this.giveUp("refused");
      return;
    }
    attempt.answered = true;
    try {
      await attempt.connection.setRemoteDescription({ type: "answer", sdp: answer.sdp });
    } catch {
      if (this.attempt === attempt) this.lose();
    }
  }

  /** By the data channel if it is up; the same goes through the office. */
  say(message: ChatMessage): void {
    this.send(this.attempt?.chat, { type: "chat", message });
  }

  /** At a place on the shared screen, from 0 to 1 each way. */
  point(x: number, y: number): void {
    this.send(this.attempt?.chat, { type: "point", x, y });
  }

  typing(typing: boolean): void {
    this.send(this.attempt?.chat, { type: "typing", typing });
  }

  /** What the call sends, in this connection and in those that follow. */
  sendCall(sent: Sent): void {
    if (this.sent.voice === sent.voice && this.sent.sight === sent.sight) return;
    this.sent = sent;
    this.attempt?.call?.send(sent);
  }

  close(): void {
    clearInterval(this.beat);
    this.wanted = false;
    this.stopRetry();
    this.drop("resting");
  }

  private async connect(): Promise<void> {
    this.stopRetry();
    this.events.onState("connecting");
    const connection = new RTCPeerConnection();
    const attempt: Attempt = {
      connection,
      chat: connection.createDataChannel("chat", { ordered: true }),
      ping: connection.createDataChannel("ping", { ordered: false, maxRetransmits: 0 }),
      letters: connection.createDataChannel(T140_CHANNEL, {
        ordered: true, protocol: T140_CHANNEL,
      }),
      nonce: crypto.randomUUID(),
      startedAt: performance.now(),
      call: null,
      generation: 0,
      answered: false,
      heardAt: null,
      pings: 0,
      silent: false,
    };
    this.attempt = attempt;
    this.listen(attempt);
    const screen = connection.addTransceiver("video", { direction: "recvonly" });
    // What the shopper does now is what the agent must see: no pictures kept in hand.
    screen.receiver.jitterBufferTarget = 0;
    attempt.call = new CallEnds(connection);
    attempt.call.send(this.sent);
    try {
      await connection.setLocalDescription();
      await gathered(connection);
    } catch {
      if (this.attempt === attempt) this.lose();
      return;
    }
    const sdp = connection.localDescription?.sdp;
    if (this.attempt !== attempt || sdp === undefined) return;
    this.last += 1;
    attempt.generation = this.last;
    this.events.onScreen(screen.receiver.track);
    this.events.onCall(attempt.call.received);
    this.events.onOffer({ generation: attempt.generation, nonce: attempt.nonce, sdp });
  }

  private listen(attempt: Attempt): void {
    const { connection, chat, ping, letters } = attempt;
    const opened = (): void => {
      if (this.attempt !== attempt || attempt.heardAt !== null) return;
      attempt.heardAt = performance.now();
      this.events.onState("connected");
    };
    const onMessage = (message: MessageEvent<unknown>): void => {
      if (this.attempt === attempt) this.onMessage(attempt, message.data);
    };
    const onLost = (): void => {
      if (this.attempt === attempt) this.lose();
    };
    chat.onopen = opened;
    chat.onmessage = onMessage;
    ping.onmessage = onMessage;
    chat.onclose = onLost;
    letters.onopen = () => {
      if (this.attempt !== attempt) return;
      this.events.onLettersWay((block) => {
        if (letters.readyState === "open") letters.send(block);
      });
    };
    letters.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (this.attempt !== attempt || typeof data !== "string" || data.length > T140_CHARS) return;
      this.events.onLetters(data);
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "failed") onLost();
    };
  }

  private onMessage(attempt: Attempt, untrusted: unknown): void {
    const message = parsed(untrusted);
    // What cannot be read is no sign of life either: a kiosk that says nothing else is lost.
    if (message === null || attempt.heardAt === null) return;
    attempt.heardAt = performance.now();
    this.setSilent(attempt, false);
    switch (message.type) {
      case "ping":
        this.send(attempt.ping, { type: "pong", count: message.count });
        break;
      case "chat":
        this.events.onChat(message.message);
        break;
      case "typing":
        this.events.onTyping(message.typing);
        break;
      case "point":
      case "pong":
        break;
    }
  }

  private onBeat(): void {
    const now = performance.now();
    const slept = now - this.beatAt > GONE_MS; // this computer was asleep: silence proves nothing
    this.beatAt = now;
    const attempt = this.attempt;
    if (attempt === null) return;
    if (attempt.heardAt === null) {
      if (now - attempt.startedAt > ANSWER_MS) this.lose();
      return;
    }
    if (slept) attempt.heardAt = now;
    if (now - attempt.heardAt > GONE_MS) {
      this.lose();
      return;
    }
    this.setSilent(attempt, now - attempt.heardAt > SILENT_MS);
    if (now - attempt.startedAt > STABLE_MS) this.tries = 0;
    this.ping(attempt);
  }

  private setSilent(attempt: Attempt, silent: boolean): void {
    if (attempt.silent === silent) return;
    attempt.silent = silent;
    this.events.onState(silent ? "silent" : "connected");
  }

  private lose(): void {
    this.drop("lost");
    if (!this.wanted || this.retry !== undefined) return;
    const wait = backoff(this.tries, FIRST_WAIT_MS, LONGEST_WAIT_MS, Math.random);
    this.tries += 1;
    this.retry = setTimeout(() => void this.connect(), wait);
  }

  private giveUp(state: "refused" | "unable"): void {
    this.givenUp = true;
    this.wanted = false;
    this.stopRetry();
    this.drop(state);
  }

  private drop(state: PeerState): void {
    const attempt = this.attempt;
    this.attempt = null;
    if (attempt !== null) {
      attempt.connection.onconnectionstatechange = null;
      attempt.connection.close();
    }
    this.events.onScreen(null);
    this.events.onCall(null);
    this.events.onTyping(false);
    this.events.onLettersWay(null);
    this.events.onState(state);
  }

  private stopRetry(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
  }

  private send(channel: RTCDataChannel | undefined, message: OnPeer): void {
    if (channel?.readyState === "open") channel.send(JSON.stringify(message));
  }
}

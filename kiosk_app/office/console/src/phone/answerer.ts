// The phone's end of the direct connection. The console offers, always; the phone answers, and says
// when a connection is gone so that another one is offered.
import { NOTHING_SENT, type Received, type Sent } from "../call_ends";
import { GONE_MS, gathered } from "../gathering";
import { parsed } from "../on_peer";
import { T140_CHANNEL, T140_CHARS } from "../t140";
import type { ChatMessage, OnPeer } from "../wire";

const OPEN_MS = 12_000; // for a connection to come up

export interface AnswererEvents {
  onAnswer(generation: number, sdp: string): void;
  /** 0: there never was one. */
  onLost(generation: number): void;
  onConnected(connected: boolean): void;
  onReceived(received: Received | null): void;
  onChat(message: ChatMessage): void;
  onTyping(typing: boolean): void;
  onLettersWay(send: ((block: string) => void) | null): void;
  onLetters(block: string): void;
}

interface Attempt {
  readonly generation: number;
  readonly connection: RTCPeerConnection;
  readonly startedAt: number;
  chat: RTCDataChannel | null;
  call: readonly [RTCRtpTransceiver, RTCRtpTransceiver] | null;
  heardAt: number | null;
}

export class Answerer {
  private attempt: Attempt | null = null;
  private sent: Sent = NOTHING_SENT;

  constructor(private readonly events: AnswererEvents) {
    setInterval(() => this.onBeat(), 1_000);
  }

  /** The console's offer, in place of any connection before it. */
  async offered(generation: number, sdp: string): Promise<void> {
    if (this.attempt !== null && generation <= this.attempt.generation) return;
    this.drop();
    if (typeof RTCPeerConnection === "undefined") return;
    const connection = new RTCPeerConnection();
    const attempt: Attempt = {
      generation, connection, startedAt: performance.now(), chat: null, call: null, heardAt: null,
    };
    this.attempt = attempt;
    connection.ondatachannel = ({ channel }) => this.listen(attempt, channel);
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "failed") this.lose(attempt);
    };
    try {
      await connection.setRemoteDescription({ type: "offer", sdp });
      this.take(attempt);
      await connection.setLocalDescription();
      await gathered(connection);
    } catch {
      this.lose(attempt);
      return;
    }
    const answer = connection.localDescription?.sdp;
    if (this.attempt === attempt && answer !== undefined) this.events.onAnswer(generation, answer);
  }

  /** What the call sends, in this connection and in those that follow. */
  send(sent: Sent): void {
    this.sent = sent;
    const [voice, sight] = this.attempt?.call ?? [];
    // Refused only by a connection that has been closed meanwhile: the next one gets them too.
    voice?.sender.replaceTrack(sent.voice).catch(() => undefined);
    sight?.sender.replaceTrack(sent.sight).catch(() => undefined);
  }

  /** By the data channel if it is up; the same goes through the office. */
  say(message: ChatMessage): void {
    this.tell({ type: "chat", message });
  }

  typing(typing: boolean): void {
    this.tell({ type: "typing", typing });
  }

  drop(): void {
    const attempt = this.attempt;
    if (attempt === null) return;
    this.attempt = null;
    attempt.connection.onconnectionstatechange = null;
    attempt.connection.close();
    this.events.onReceived(null);
    this.events.onTyping(false);
    this.events.onLettersWay(null);
    this.events.onConnected(false);
  }

  /** The offer's sections: the shared screen, which a phone has none of, then voice and sight. */
  private take(attempt: Attempt): void {
    const all = attempt.connection.getTransceivers();
    const voice = all.find(({ receiver }) => receiver.track.kind === "audio");
    const [screen, sight] = all.filter(({ receiver }) => receiver.track.kind === "video");
    if (screen !== undefined) screen.direction = "inactive";
    if (voice === undefined || sight === undefined) return;
    voice.direction = sight.direction = "sendrecv";
    attempt.call = [voice, sight];
    this.send(this.sent);
    this.events.onReceived({ voice: voice.receiver.track, sight: sight.receiver.track });
  }

  private listen(attempt: Attempt, channel: RTCDataChannel): void {
    if (this.attempt !== attempt) return;
    if (channel.label === T140_CHANNEL) {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (this.attempt !== attempt || typeof data !== "string") return;
        if (data.length <= T140_CHARS) this.events.onLetters(data);
      };
      this.events.onLettersWay((block) => {
        if (channel.readyState === "open") channel.send(block);
      });
      return;
    }
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (this.attempt === attempt) this.onMessage(attempt, channel, data);
    };
    if (channel.label !== "chat") return;
    attempt.chat = channel;
    attempt.heardAt = performance.now();
    channel.onclose = () => this.lose(attempt);
    this.events.onConnected(true);
  }

  private onMessage(attempt: Attempt, channel: RTCDataChannel, untrusted: unknown): void {
    const message = parsed(untrusted, "agent");
    if (message === null) return;
    attempt.heardAt = performance.now();
    switch (message.type) {
      case "ping":
        if (channel.readyState === "open") {
          channel.send(JSON.stringify({ type: "pong", count: message.count }));
        }
        break;
      case "chat":
        this.events.onChat(message.message);
        break;
      case "typing":
        this.events.onTyping(message.typing);
        break;
      default:
        break;
    }
  }

  private onBeat(): void {
    const attempt = this.attempt;
    if (attempt === null) return;
    const now = performance.now();
    const silent = attempt.heardAt === null
      ? now - attempt.startedAt > OPEN_MS
      : now - attempt.heardAt > GONE_MS;
    if (silent) this.lose(attempt);
  }

  private lose(attempt: Attempt): void {
    if (this.attempt !== attempt) return;
    this.drop();
    this.events.onLost(attempt.generation);
  }

  private tell(message: OnPeer): void {
    const chat = this.attempt?.chat;
    if (chat?.readyState === "open") chat.send(JSON.stringify(message));
  }
}

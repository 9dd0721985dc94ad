// A socket to the office: opened, kept open, and opened again when it is gone.
import { backoff } from "./times";

const FIRST_WAIT_MS = 500;

interface Typed {
  readonly type: string;
}

export interface Habits<Heard extends Typed> {
  /** Complete by its type: a new message that is not named does not compile. */
  readonly known: Readonly<Record<Heard["type"], true>>;
  /** The message that begins a connection. */
  readonly welcome: Heard["type"];
  readonly longestWaitMs: number;
  /** Connections shorter than this do not start the waits from the beginning. */
  readonly stableMs: number;
  /** The office's close codes after which it is not tried again. */
  readonly final: readonly number[];
}

export interface SocketEvents<Heard> {
  onState(state: "connecting" | "open" | "waiting"): void;
  /** One of the final codes: it is over. */
  onFinal(code: number): void;
  onMessage(message: Heard): void;
}

/** One for the life of the page. */
export class OfficeSocket<Heard extends Typed, Said> {
  private socket: WebSocket | null = null;
  private tries = 0;
  private over = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private stable: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly address: string,
    private readonly habits: Habits<Heard>,
    private readonly events: SocketEvents<Heard>,
  ) {
    addEventListener("online", () => this.connectNow());
    addEventListener("offline", () => this.socket?.close());
  }

  get open(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    clearTimeout(this.retry);
    this.events.onState("connecting");
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.onmessage = ({ data }: MessageEvent<unknown>) => this.read(socket, data);
    socket.onclose = ({ code }) => {
      if (this.socket === socket) this.lost(code);
    };
  }

  /** Skips what is left of a wait, for example when the person at the page asks for it. */
  connectNow(): void {
    if (this.socket === null && !this.over) this.connect();
  }

  /** Closed for good. */
  close(): void {
    this.over = true;
    clearTimeout(this.retry);
    this.drop();
  }

  /** Sends if the socket is open; what is not sent is the caller's to say again. */
  send(said: Said): void {
    if (this.open) this.socket?.send(JSON.stringify(said));
  }

  /** The socket is open in name only: another one, after a wait. */
  giveUp(): void {
    this.drop();
    this.wait();
  }

  /** The socket is open in name only: another one, at once. */
  replace(): void {
    this.drop();
    this.connect();
  }

  /** A dead network never answers close(): from here on nobody listens to that socket. */
  private drop(): void {
    clearTimeout(this.stable);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private lost(code: number): void {
    this.drop();
    if (this.habits.final.includes(code)) {
      this.over = true;
      this.events.onFinal(code);
      return;
    }
    this.wait();
  }

  private wait(): void {
    this.events.onState("waiting");
    const wait = backoff(this.tries, FIRST_WAIT_MS, this.habits.longestWaitMs, Math.random);
    this.tries += 1;
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private read(socket: WebSocket, untrusted: unknown): void {
    if (this.socket !== socket) return;
    const message = parsed(untrusted, this.habits.known);
    if (message === null) {
      // Not an office of this page's version, or not one at all: what it said changes nothing.
      socket.close();
      return;
    }
    if (message.type === this.habits.welcome) {
      this.stable = setTimeout(() => {
        this.tries = 0;
      }, this.habits.stableMs);
      this.events.onState("open");
    }
    this.events.onMessage(message);
  }
}

/** The message in a frame of the office's, or null for what is none of those `known`. */
export function parsed<Heard extends Typed>(
  untrusted: unknown, known: Readonly<Record<Heard["type"], true>>,
): Heard | null {
  if (typeof untrusted !== "string") return null;
  try {
    const message = JSON.parse(untrusted) as { type?: unknown } | null;
    const type = message?.type;
    // The office's codec put the rest together from the types this page was built with.
    return typeof type === "string" && Object.hasOwn(known, type) ? (message as Heard) : null;
  } catch {
    return null;
  }
}

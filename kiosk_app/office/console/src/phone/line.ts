// The socket to the office: opened, kept open, and opened again when it is gone.
import { backoff } from "../times";
import type { FromPhone, ToPhone } from "../wire";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const OWED_MS = 8_000; // a command unanswered for so long: the socket is open in name only
const SLEPT_MS = 15_000; // a page that was put away for so long has no socket to trust
// The office's close codes.
const UNKNOWN = 4401;
const REPLACED = 4409;

// Complete by its type: a new message that is not named here does not compile.
const KNOWN: Readonly<Record<ToPhone["type"], true>> = {
  phone_ready: true,
  cart_left: true,
  queue_changed: true,
  agent_joined: true,
  agent_left: true,
  deliver_chat: true,
  ask_call: true,
  end_call: true,
  offer_peer: true,
  case_resolved: true,
  command_done: true,
  command_refused: true,
};

export type LineState = "connecting" | "open" | "waiting" | "unknown" | "elsewhere";

export interface LineEvents {
  onState(state: LineState): void;
  onMessage(message: ToPhone): void;
}

export class Line {
  private socket: WebSocket | null = null;
  private tries = 0;
  private over = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly owed = new Map<string, { readonly command: FromPhone; at: number }>();
  private hiddenAt: number | null = null;

  constructor(
    private readonly address: string,
    private readonly events: LineEvents,
  ) {
    addEventListener("online", () => this.connectNow());
    addEventListener("offline", () => this.socket?.close());
    document.addEventListener("visibilitychange", () => this.onSeen());
    setInterval(() => this.check(), 1_000);
  }

  /** Sends now, or after the next welcome; again after each break until the office answers. */
  send(command: FromPhone): void {
    this.owed.set(command.command, { command, at: performance.now() });
    this.write(command);
  }

  /** The office has answered `command`; what was sent is given back. */
  settle(command: string): FromPhone | undefined {
    const known = this.owed.get(command);
    this.owed.delete(command);
    return known?.command;
  }

  /** Nothing more goes out after this: the case is over. */
  close(): void {
    this.over = true;
    clearTimeout(this.retry);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  connectNow(): void {
    if (this.socket === null && !this.over) this.connect();
  }

  connect(): void {
    clearTimeout(this.retry);
    this.events.onState("connecting");
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.onmessage = ({ data }: MessageEvent<unknown>) => this.read(socket, data);
    socket.onclose = ({ code }) => {
      if (this.socket === socket) this.closed(code);
    };
  }

  private closed(code: number): void {
    this.socket = null;
    if (code === UNKNOWN || code === REPLACED) {
      this.over = true;
      this.events.onState(code === UNKNOWN ? "unknown" : "elsewhere");
      return;
    }
    this.events.onState("waiting");
    const wait = backoff(this.tries, FIRST_WAIT_MS, LONGEST_WAIT_MS, Math.random);
    this.tries += 1;
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private read(socket: WebSocket, untrusted: unknown): void {
    if (this.socket !== socket) return;
    const message = parsed(untrusted);
    if (message === null) {
      socket.close();
      return;
    }
    if (message.type === "phone_ready") {
      this.tries = 0;
      this.events.onState("open");
    }
    this.events.onMessage(message);
    if (message.type !== "phone_ready") return;
    for (const owed of this.owed.values()) {
      owed.at = performance.now();
      this.write(owed.command);
    }
  }

  private write(command: FromPhone): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(command));
  }

  private check(): void {
    const oldest = Math.min(...[...this.owed.values()].map(({ at }) => at));
    if (performance.now() - oldest > OWED_MS) this.begin();
  }

  private onSeen(): void {
    const now = performance.now();
    if (document.visibilityState === "hidden") this.hiddenAt = now;
    else if (this.hiddenAt !== null && now - this.hiddenAt > SLEPT_MS) this.begin();
    else this.connectNow();
  }

  /** A dead network never answers close(): act as if it had. */
  private begin(): void {
    const socket = this.socket;
    if (socket?.readyState !== WebSocket.OPEN) return;
    for (const owed of this.owed.values()) owed.at = performance.now();
    this.socket = null;
    socket.close();
    this.connect();
  }
}

export function parsed(untrusted: unknown): ToPhone | null {
  if (typeof untrusted !== "string") return null;
  try {
    const message = JSON.parse(untrusted) as { type?: unknown } | null;
    const type = message?.type;
    // The office's codec put the rest together from the types this page was built with.
    return typeof type === "string" && Object.hasOwn(KNOWN, type) ? (message as ToPhone) : null;
  } catch {
    return null;
  }
}

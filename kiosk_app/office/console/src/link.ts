// The socket to the office: opened, kept open, and opened again when it is gone.
import { backoff } from "./times";
import type { FromConsole, ToConsole } from "./wire";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000; // an agent looks at the screen; a kiosk may wait longer
const STABLE_MS = 20_000; // shorter connections do not start the waits from the beginning
const OWED_MS = 8_000; // a command unanswered for so long: the socket is open in name only
const LOGGED_OUT = 4401; // the office's close code for a session it does not know

// Complete by its type: a new message that is not named here does not compile.
const KNOWN: Readonly<Record<ToConsole["type"], true>> = {
  console_ready: true,
  case_changed: true,
  case_gone: true,
  figures_changed: true,
  chat_log: true,
  chat_added: true,
  till_acted: true,
  peer_answered: true,
  peer_wanted: true,
  console_refused: true,
};

export type LinkState = "connecting" | "open" | "waiting" | "logged_out";

export interface LinkEvents {
  onState(state: LinkState): void;
  onMessage(message: ToConsole): void;
}

/** One link for the life of the page. */
export class Link {
  private socket: WebSocket | null = null;
  private tries = 0;
  private closed = false;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly address: string,
    private readonly events: LinkEvents,
  ) {
    addEventListener("online", () => this.connectNow());
    addEventListener("offline", () => this.socket?.close());
  }

  connect(): void {
    clearTimeout(this.retry);
    this.events.onState("connecting");
    const socket = new WebSocket(this.address);
    this.socket = socket;
    let stable: ReturnType<typeof setTimeout> | undefined;
    socket.onopen = () => {
      stable = setTimeout(() => {
        this.tries = 0;
      }, STABLE_MS);
    };
    socket.onmessage = (frame: MessageEvent<unknown>) => this.read(socket, frame.data);
    socket.onclose = (closed) => {
      clearTimeout(stable);
      if (this.socket !== socket) return;
      this.socket = null;
      if (closed.code === LOGGED_OUT) {
        this.closed = true;
        this.events.onState("logged_out");
        return;
      }
      this.events.onState("waiting");
      const wait = backoff(this.tries, FIRST_WAIT_MS, LONGEST_WAIT_MS, Math.random);
      this.tries += 1;
      this.retry = setTimeout(() => this.connect(), wait);
    };
  }

  /** Skips what is left of a wait, for example when the agent asks for it. */
  connectNow(): void {
    if (this.socket === null && !this.closed) this.connect();
  }

  /** Closed for good. */
  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  /** Sends if the socket is open; otherwise the command is sent after the reconnect. */
  send(command: FromConsole): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(command));
  }

  /** Gives the socket up when a command has been owed an answer since `owedSince` for too long. */
  check(owedSince: number | null, mono: number): void {
    const socket = this.socket;
    if (socket?.readyState !== WebSocket.OPEN) return;
    if (owedSince === null || mono - owedSince < OWED_MS) return;
    // A dead network never answers close(): act as if it had.
    socket.onclose?.(new CloseEvent("close"));
    socket.close();
  }

  private read(socket: WebSocket, untrusted: unknown): void {
    if (this.socket !== socket) return;
    const message = parsed(untrusted);
    if (message === null) {
      // Not an office of this page's version, or not one at all: what it said changes nothing.
      socket.close();
      return;
    }
    if (message.type === "console_ready") this.events.onState("open");
    this.events.onMessage(message);
  }
}

function parsed(untrusted: unknown): ToConsole | null {
  if (typeof untrusted !== "string") return null;
  try {
    const message = JSON.parse(untrusted) as { type?: unknown } | null;
    const type = message?.type;
    // The office's codec put the rest together from the types this page was built with.
    return typeof type === "string" && Object.hasOwn(KNOWN, type) ? (message as ToConsole) : null;
  } catch {
    return null;
  }
}

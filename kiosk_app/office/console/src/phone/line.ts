// The phone's socket to the office. What was said is kept here until the office has answered it.
import { OfficeSocket } from "../office_socket";
import type { FromPhone, ToPhone } from "../wire";

const LONGEST_WAIT_MS = 8_000;
const OWED_MS = 8_000; // a command unanswered for so long: the socket is open in name only
const SLEPT_MS = 15_000; // a page that was put away for so long has no socket to trust
// The office's close codes.
const UNKNOWN = 4401;
const REPLACED = 4409;

export const KNOWN: Readonly<Record<ToPhone["type"], true>> = {
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
  private readonly socket: OfficeSocket<ToPhone, FromPhone>;
  private readonly owed = new Map<string, { readonly command: FromPhone; at: number }>();
  private hiddenAt: number | null = null;

  constructor(address: string, private readonly events: LineEvents) {
    this.socket = new OfficeSocket(
      address,
      {
        known: KNOWN, welcome: "phone_ready", final: [UNKNOWN, REPLACED],
        longestWaitMs: LONGEST_WAIT_MS,
        stableMs: 0, // somebody waits with it in the hand
      },
      {
        onState: (state) => events.onState(state),
        onFinal: (code) => events.onState(code === UNKNOWN ? "unknown" : "elsewhere"),
        onMessage: (message) => this.onMessage(message),
      },
    );
    document.addEventListener("visibilitychange", () => this.onSeen());
    setInterval(() => this.check(), 1_000);
  }

  /** Sends now, or after the next welcome; again after each break until the office answers. */
  send(command: FromPhone): void {
    this.owed.set(command.command, { command, at: performance.now() });
    this.socket.send(command);
  }

  /** The office has answered `command`; what was sent is given back. */
  settle(command: string): FromPhone | undefined {
    const known = this.owed.get(command);
    this.owed.delete(command);
    return known?.command;
  }

  /** Nothing more goes out after this: the case is over. */
  close(): void {
    this.socket.close();
  }

  connectNow(): void {
    this.socket.connectNow();
  }

  connect(): void {
    this.socket.connect();
  }

  private onMessage(message: ToPhone): void {
    this.events.onMessage(message);
    if (message.type !== "phone_ready") return;
    for (const owed of this.owed.values()) {
      owed.at = performance.now();
      this.socket.send(owed.command);
    }
  }

  private check(): void {
    const oldest = Math.min(...[...this.owed.values()].map(({ at }) => at));
    if (performance.now() - oldest > OWED_MS) this.begin();
  }

  private onSeen(): void {
    const now = performance.now();
    if (document.visibilityState === "hidden") this.hiddenAt = now;
    else if (this.hiddenAt !== null && now - this.hiddenAt > SLEPT_MS) this.begin();
    else this.socket.connectNow();
  }

  private begin(): void {
    if (!this.socket.open) return;
    for (const owed of this.owed.values()) owed.at = performance.now();
    this.socket.replace();
  }
}

// The console's socket to the office.
import { OfficeSocket } from "./office_socket";
import type { FromConsole, ToConsole } from "./wire";

const LONGEST_WAIT_MS = 10_000; // an agent looks at the screen; a kiosk may wait longer
const STABLE_MS = 20_000;
const OWED_MS = 8_000; // a command unanswered for so long: the socket is open in name only
const LOGGED_OUT = 4401; // the office's close code for a session it does not know

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

/** One link for the life of the page. What is owed an answer is kept and said again elsewhere. */
export class Link {
  private readonly socket: OfficeSocket<ToConsole, FromConsole>;

  constructor(address: string, events: LinkEvents) {
    this.socket = new OfficeSocket(
      address,
      {
        known: KNOWN, welcome: "console_ready", final: [LOGGED_OUT],
        longestWaitMs: LONGEST_WAIT_MS, stableMs: STABLE_MS,
      },
      {
        onState: (state) => events.onState(state),
        onFinal: () => events.onState("logged_out"),
        onMessage: (message) => events.onMessage(message),
      },
    );
  }

  connect(): void {
    this.socket.connect();
  }

  connectNow(): void {
    this.socket.connectNow();
  }

  close(): void {
    this.socket.close();
  }

  /** Sends if the socket is open; otherwise the command is sent after the reconnect. */
  send(command: FromConsole): void {
    this.socket.send(command);
  }

  /** Gives the socket up when a command has been owed an answer since `owedSince` for too long. */
  check(owedSince: number | null, mono: number): void {
    if (owedSince === null || mono - owedSince < OWED_MS) return;
    if (this.socket.open) this.socket.giveUp();
  }
}

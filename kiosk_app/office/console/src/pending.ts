// Commands the office has not been seen to carry out. They are sent again, with the same id,
// after every reconnect; the office does nothing twice under one id.
import type { CaseCard, FromConsole, ToConsole } from "./wire";

function sameTags(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag, place) => tag === b[place]);
}

function shownBy(command: FromConsole, card: CaseCard): boolean {
  if (card.phase === "ended") return true;
  const share = card.share.state ?? "none";
  switch (command.type) {
    case "accept_case":
      return card.phase !== "queued" || card.attempt !== command.attempt;
    case "request_screen_share":
      return share === "asked" || share === "granted";
    case "end_screen_share":
      return share !== "asked" && share !== "granted";
    case "tag_case":
      return sameTags(card.tags, command.tags);
    // The office shows the card anew when it has passed these on; what comes of them is the
    // kiosk's to say, and may look like what was before.
    case "start_call":
    case "hang_up":
      return true;
    case "agent_chat":
    case "agent_offer_peer":
    case "act_at_till":
    case "resolve_case":
    case "pause_help":
      return !card.mine;
  }
}

/** True when `event` shows that `command` has been carried out, or has nothing left to change. */
export function settles(event: ToConsole, command: FromConsole): boolean {
  switch (event.type) {
    case "console_refused":
      return event.command === command.command;
    case "case_gone":
      return event.case === command.case;
    case "case_changed":
      return event.card.case === command.case && shownBy(command, event.card);
    case "console_ready": {
      // A case that is not in it may still follow: a large office sends one message a case.
      const card = event.cases.find((each) => each.case === command.case);
      return card !== undefined && shownBy(command, card);
    }
    case "chat_added":
      return command.type === "agent_chat" && event.message.id === command.message;
    case "chat_log":
      return (
        command.type === "agent_chat" &&
        event.messages.some((message) => message.id === command.message)
      );
    case "peer_answered":
      return (
        command.type === "agent_offer_peer" &&
        event.case === command.case &&
        event.generation >= command.generation
      );
    case "till_acted":
      return event.command === command.command;
    case "figures_changed":
    case "peer_wanted":
      return false;
  }
}

/** A newer command of these kinds makes the older one for the same case pointless. */
const REPLACING: ReadonlySet<FromConsole["type"]> = new Set([
  "agent_offer_peer",
  "tag_case",
  "request_screen_share",
  "end_screen_share",
  "start_call",
  "hang_up",
]);

const BY_KIOSK: ReadonlySet<FromConsole["type"]> = new Set(["agent_offer_peer", "act_at_till"]);

// A command the office has had this often has been carried out, but what it changed has changed
// again since; no message will show it any more.
const MOST_TRIES = 3;

interface Sent {
  readonly command: FromConsole;
  readonly at: number;
  readonly tries: number;
}

/** The commands under way, oldest first. */
export class Pending {
  private sent: readonly Sent[] = [];

  /** `at` in ms of performance.now(). */
  add(command: FromConsole, at: number): void {
    const kept = this.sent.filter(
      ({ command: older }) =>
        !(older.case === command.case && older.type === command.type && REPLACING.has(older.type)),
    );
    this.sent = [...kept, { command, at, tries: 1 }];
  }

  /** Forgets what `event` settles and returns it. */
  settle(event: ToConsole): readonly FromConsole[] {
    const settled = this.sent.filter(({ command }) => settles(event, command));
    if (settled.length > 0) this.sent = this.sent.filter((each) => !settled.includes(each));
    return settled.map(({ command }) => command);
  }

  /** What to send after a reconnect, in order. */
  again(): readonly FromConsole[] {
    this.sent = this.sent
      .filter(({ tries }) => tries < MOST_TRIES)
      .map((each) => ({ ...each, tries: each.tries + 1 }));
    return this.sent.map(({ command }) => command);
  }

  /** Actions at a till that nothing has come of yet, "<case> <line>". */
  get atTill(): ReadonlySet<string> {
    return new Set(
      this.sent.flatMap(({ command }) =>
        command.type === "act_at_till" ? [`${command.case} ${command.line ?? ""}`] : [],
      ),
    );
  }

  /**
   * Since when the office owes its first sign of a command, or null. Some are answered by the
   * kiosk, which may be away: its silence says nothing of the office.
   */
  get owedSince(): number | null {
    const owed = this.sent.find(
      ({ command, tries }) => tries === 1 && !BY_KIOSK.has(command.type),
    );
    return owed?.at ?? null;
  }
}

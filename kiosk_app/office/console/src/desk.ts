// What the console knows, and how each message from the office changes it. Pure: no clock, no
// socket, no page; the times come in.
import type { CaseCard, ChatMessage, Figures, ToConsole } from "./wire";

/** When something arrived: `mono` in ms from performance.now(), `wall` in ms since the epoch. */
export interface At {
  readonly mono: number;
  readonly wall: number;
}

/** One line of chat. `sending` until the office has it; `failed` when the office refused it. */
export interface Line {
  readonly message: ChatMessage;
  readonly state: "sending" | "sent" | "failed";
}

/** A case with what has to be counted here between two messages about it. */
export interface OpenCase {
  readonly card: CaseCard;
  /** When the share ends, in ms of performance.now(); null unless a share is granted. */
  readonly shareEndsAt: number | null;
  readonly chat: readonly Line[];
  /** The shopper's messages that came while another case was open. */
  readonly unread: number;
}

export interface Desk {
  /** False until the office has said what is open. */
  readonly ready: boolean;
  readonly agentName: string;
  readonly maxCases: number;
  /** The office's clock minus this browser's, in ms. */
  readonly clockOffset: number;
  readonly figures: Figures | null;
  readonly cases: ReadonlyMap<string, OpenCase>;
}

export const EMPTY: Desk = {
  ready: false,
  agentName: "",
  maxCases: 0,
  clockOffset: 0,
  figures: null,
  cases: new Map(),
};

function withCard(known: OpenCase | undefined, card: CaseCard, at: At): OpenCase {
  const left = card.share.seconds_left ?? null;
  const granted = card.share.state === "granted" && left !== null;
  return {
    card,
    shareEndsAt: granted ? at.mono + left * 1000 : null,
    chat: known?.chat ?? [],
    unread: known?.unread ?? 0,
  };
}

function withCase(desk: Desk, id: string, changed: OpenCase): Desk {
  const cases = new Map(desk.cases);
  cases.set(id, changed);
  return { ...desk, cases };
}

/** The chat with `message` in it once, confirmed if it already stood there. */
function withMessage(chat: readonly Line[], message: ChatMessage, state: Line["state"]): Line[] {
  const place = chat.findIndex((line) => line.message.id === message.id);
  if (place < 0) return [...chat, { message, state }];
  const known = chat[place] as Line;
  if (known.state === "sent" || state === "sending") return [...chat];
  return chat.with(place, { message, state });
}

/**
 * A message of the open case's chat, from whichever way it came first.
 * `sure` is false for the agent's own until the office has confirmed it.
 */
export function heard(desk: Desk, id: string, message: ChatMessage, sure: boolean, read: boolean): Desk {
  const known = desk.cases.get(id);
  if (known === undefined) return desk;
  const isNew = !known.chat.some((line) => line.message.id === message.id);
  const counts = isNew && !read && message.author === "shopper";
  return withCase(desk, id, {
    ...known,
    chat: withMessage(known.chat, message, sure ? "sent" : "sending"),
    unread: known.unread + (counts ? 1 : 0),
  });
}

/** The office would not take the message `messageId`. */
export function failed(desk: Desk, id: string, messageId: string): Desk {
  const known = desk.cases.get(id);
  if (known === undefined) return desk;
  const chat = known.chat.map((line) =>
    line.message.id === messageId && line.state === "sending"
      ? { ...line, state: "failed" as const }
      : line,
  );
  return withCase(desk, id, { ...known, chat });
}

/** The agent has the case before their eyes: nothing in it is unread. */
export function read(desk: Desk, id: string): Desk {
  const known = desk.cases.get(id);
  return known === undefined || known.unread === 0
    ? desk
    : withCase(desk, id, { ...known, unread: 0 });
}

/** The office's log, followed by what is on its way there or came here first. */
function merged(known: readonly Line[], log: readonly ChatMessage[]): Line[] {
  const inLog = new Set(log.map((message) => message.id));
  const rest = known.filter((line) => !inLog.has(line.message.id));
  return [...log.map((message) => ({ message, state: "sent" as const })), ...rest];
}

/** What is known after `event`. `open` is the case before the agent's eyes. */
export function reduce(desk: Desk, event: ToConsole, at: At, open: string | null): Desk {
  switch (event.type) {
    case "console_ready":
      return {
        ready: true,
        agentName: event.agent_name,
        maxCases: event.max_cases,
        clockOffset: Date.parse(event.now) - at.wall,
        figures: event.figures,
        cases: new Map(
          event.cases.map((card) => [card.case, withCard(desk.cases.get(card.case), card, at)]),
        ),
      };
    case "case_changed": {
      const known = desk.cases.get(event.card.case);
      return withCase(desk, event.card.case, withCard(known, event.card, at));
    }
    case "case_gone": {
      const cases = new Map(desk.cases);
      cases.delete(event.case);
      return { ...desk, cases };
    }
    case "figures_changed":
      return { ...desk, figures: event.figures };
    case "chat_log": {
      const known = desk.cases.get(event.case);
      if (known === undefined) return desk;
      const chat = merged(known.chat, event.messages);
      return withCase(desk, event.case, { ...known, chat });
    }
    case "chat_added":
      return heard(desk, event.case, event.message, true, event.case === open);
    case "till_acted":
    case "peer_answered":
    case "peer_wanted":
    case "console_refused":
      return desk;
  }
}

function byWait(a: OpenCase, b: OpenCase): number {
  return Date.parse(a.card.queued_at ?? a.card.pressed_at) - Date.parse(b.card.queued_at ?? b.card.pressed_at);
}

/** A number to call: nobody is at a screen, and no queue waits for it. */
export function byPhone(card: CaseCard): boolean {
  return card.callback?.way === "phone";
}

/** A call by phone that nobody made in time; its number is deleted. */
export function missed(card: CaseCard): boolean {
  return card.callback?.missed_at != null;
}

export interface Lists {
  /** Waiting for a person, the longest wait first. */
  readonly fresh: readonly OpenCase[];
  /** Waiting for a call by phone, the oldest first. */
  readonly callbacks: readonly OpenCase[];
  /** Calls that nobody made in time and nobody has resolved, the oldest first. */
  readonly missed: readonly OpenCase[];
  /** The agent's own, in the order they were asked for. */
  readonly mine: readonly OpenCase[];
  /** Help is open, nobody asked for yet. */
  readonly browsing: readonly OpenCase[];
  /** With other agents. */
  readonly others: readonly OpenCase[];
}

/** The store that every case is in; null when there is none or more than one. */
export function oneStore(desk: Desk): string | null {
  const stores = new Set([...desk.cases.values()].map(({ card }) => card.context.store));
  const [only] = stores;
  return stores.size === 1 && only !== undefined ? only : null;
}

/** The inbox's groups. */
export function lists(desk: Desk): Lists {
  const all = [...desk.cases.values()].sort(byWait);
  return {
    callbacks: all.filter(({ card }) => card.phase === "queued" && byPhone(card) && !missed(card)),
    missed: all.filter(({ card }) => card.phase === "queued" && missed(card)),
    fresh: all
      .filter(({ card }) => card.phase === "queued" && !byPhone(card))
      .sort((one, other) => Number(other.card.safety ?? false) - Number(one.card.safety ?? false)),
    mine: all.filter(({ card }) => card.phase === "active" && card.mine),
    browsing: all.filter(({ card }) => card.phase === "browsing"),
    others: all.filter(({ card }) => card.phase === "active" && !card.mine),
  };
}

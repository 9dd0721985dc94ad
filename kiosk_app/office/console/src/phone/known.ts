// What the phone knows of its case, from what the office says. Pure.
import type { CartNow, CasePhase, ChatMessage, ToPhone } from "../wire";

export interface Line {
  readonly message: ChatMessage;
  /** `failed`: the office would not take it. */
  readonly state: "sending" | "sent" | "failed";
}

export interface Known {
  readonly id: string;
  readonly store: string;
  readonly language: string;
  readonly phase: CasePhase;
  readonly agent: string;
  readonly position: number | null;
  /** In ms of performance.now(); null while nobody can say. */
  readonly waitEndsAt: number | null;
  readonly cartOre: number;
  readonly cartNow: CartNow | null;
  readonly lines: readonly Line[];
  /** The agent's browser is gone, and somebody else will come. */
  readonly agentAway: boolean;
  /** The office's wall time less this phone's, in ms. */
  readonly clockOffset: number;
}

export interface At {
  readonly mono: number;
  readonly wall: number;
}

type Ready = Extract<ToPhone, { type: "phone_ready" }>;

/** `before` after `message`; what comes before the first snapshot is nothing to us. */
export function reduce(before: Known | null, message: ToPhone, at: At): Known | null {
  if (message.type === "phone_ready") return begun(before, message, at);
  if (before === null) return null;
  switch (message.type) {
    case "cart_left":
      return { ...before, cartNow: message.cart_now };
    case "queue_changed":
      return { ...before, position: message.position, waitEndsAt: ends(message.wait_seconds, at) };
    case "agent_joined":
      return {
        ...before, phase: "active", agent: message.agent_name, agentAway: false,
        position: null, waitEndsAt: null,
      };
    case "agent_left":
      return { ...before, phase: "queued", agent: "", agentAway: true, position: 1, waitEndsAt: null };
    case "deliver_chat":
      return heard(before, message.message);
    case "case_resolved":
      return { ...before, phase: "ended" };
    default:
      return before;
  }
}

/** A line of anybody's; one that is known already has arrived by it. */
export function heard(before: Known, message: ChatMessage): Known {
  const known = before.lines.some((line) => line.message.id === message.id);
  const lines: readonly Line[] = known
    ? before.lines.map((line) => (line.message.id === message.id ? { ...line, state: "sent" } : line))
    : [...before.lines, { message, state: "sent" }];
  return { ...before, lines };
}

/** The shopper's own line, on its way. */
export function wrote(before: Known, message: ChatMessage): Known {
  return { ...before, lines: [...before.lines, { message, state: "sending" }] };
}

export function marked(before: Known, id: string, state: Line["state"]): Known {
  return {
    ...before,
    lines: before.lines.map((line) => (line.message.id === id ? { ...line, state } : line)),
  };
}

function begun(before: Known | null, ready: Ready, at: At): Known {
  const said = ready.chat ?? [];
  const known = new Set(said.map(({ id }) => id));
  // What is still on its way here stays after what the office has.
  const own = (before?.lines ?? []).filter(
    (line) => line.state !== "sent" && !known.has(line.message.id),
  );
  const lines = ready.cart?.lines ?? [];
  return {
    id: ready.case,
    store: ready.store,
    language: ready.language,
    phase: ready.phase,
    agent: ready.agent_name ?? "",
    position: ready.position ?? null,
    waitEndsAt: ends(ready.wait_seconds ?? null, at),
    cartOre: lines.reduce((sum, line) => sum + line.amount_ore, 0),
    cartNow: ready.cart_now ?? before?.cartNow ?? null,
    // Of a case that is over the office has nothing; what is read here stays on this page.
    lines:
      ready.phase === "ended"
        ? (before?.lines ?? [])
        : [...said.map((message): Line => ({ message, state: "sent" })), ...own],
    agentAway: before !== null && before.agentAway && ready.phase === "queued",
    clockOffset: Date.parse(ready.now) - at.wall,
  };
}

function ends(seconds: number | null, at: At): number | null {
  return seconds === null ? null : at.mono + seconds * 1000;
}

// Messages as the office sends them, for the tests here.
import type { CaseCard, ChatMessage, ConsoleReady } from "../src/wire";

export const HERE = { mono: 10_000, wall: Date.parse("2026-03-02T08:00:00Z") };

export function card(id: string, changes: Partial<CaseCard> = {}): CaseCard {
  return {
    case: id,
    kiosk: "kiosk-1",
    kiosk_key: "",
    phase: "queued",
    attempt: 1,
    agent_name: null,
    mine: false,
    pressed_at: "2026-03-02T07:59:00Z",
    queued_at: "2026-03-02T07:59:30Z",
    promised_seconds: 60,
    answered_seconds: null,
    first_text: "Kortet nekas",
    context: {
      store: "Byabutiken",
      till_name: "Kassa 2",
      position: "till",
      cart: { lines: [] },
      step: "cart",
      device: {},
      network: {},
      battery: {},
      language: "sv",
    },
    share: { state: "none" },
    call: {},
    kiosk_gone_since: null,
    tags: [],
    ...changes,
  };
}

export function mine(id: string, changes: Partial<CaseCard> = {}): CaseCard {
  return card(id, { phase: "active", mine: true, attempt: null, agent_name: "Lisa", ...changes });
}

export function message(id: string, author: ChatMessage["author"], text = id): ChatMessage {
  return { id, author, name: author === "agent" ? "Lisa" : "", text, sent_at: "2026-03-02T08:00:00Z" };
}

export function ready(cases: readonly CaseCard[]): ConsoleReady {
  return {
    type: "console_ready",
    agent_name: "Lisa",
    now: "2026-03-02T08:00:05Z",
    max_cases: 4,
    cases: [...cases],
    figures: {
      queued: 0, longest_wait_seconds: 0, promise_kept_percent: null, answer_seconds: null,
    },
  };
}

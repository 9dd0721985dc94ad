import { describe, expect, it } from "vitest";
import { heard, marked, reduce, wrote, type Known } from "../src/phone/known";
import type { ChatMessage, ToPhone } from "../src/wire";

const AT = { mono: 10_000, wall: Date.parse("2026-03-02T08:00:00Z") };

function line(id: string, author: ChatMessage["author"] = "agent"): ChatMessage {
  return { id, author, name: author === "agent" ? "Lisa" : "", text: id, sent_at: "2026-03-02T08:00:00Z" };
}

function ready(changes: Partial<Extract<ToPhone, { type: "phone_ready" }>> = {}): ToPhone {
  return {
    type: "phone_ready", case: "c", now: "2026-03-02T08:00:05Z", language: "sv",
    store: "Byabutiken", phase: "queued", position: 2, wait_seconds: 40, chat: [line("a")], ...changes,
  };
}

function begun(changes: Parameters<typeof ready>[0] = {}): Known {
  const known = reduce(null, ready(changes), AT);
  if (known === null) throw new Error("a snapshot begins");
  return known;
}

function after(before: Known, ...messages: readonly ToPhone[]): Known {
  return messages.reduce((known: Known, message) => reduce(known, message, AT) ?? known, before);
}

describe("what the phone knows", () => {
  it("begins with the snapshot and nothing before it", () => {
    expect(reduce(null, { type: "case_resolved", case: "c" }, AT)).toBeNull();
    const known = begun();
    expect(known.position).toBe(2);
    expect(known.waitEndsAt).toBe(AT.mono + 40_000);
    expect(known.clockOffset).toBe(5_000);
    expect(known.lines).toEqual([{ message: line("a"), state: "sent" }]);
  });

  it("knows who comes and who is gone", () => {
    const joined = after(begun(), { type: "agent_joined", case: "c", agent_name: "Lisa", eta_seconds: 20 });
    expect([joined.phase, joined.agent, joined.position]).toEqual(["active", "Lisa", null]);
    const left = after(joined, { type: "agent_left", case: "c" });
    expect([left.phase, left.agent, left.agentAway]).toEqual(["queued", "", true]);
  });

  it("shows a line once, whichever way it comes", () => {
    const known = after(begun(), { type: "deliver_chat", case: "c", message: line("b") });
    expect(heard(known, line("b")).lines).toHaveLength(2);
  });

  it("shows what is on its way, arrived, and not taken", () => {
    const sending = wrote(begun(), line("own", "shopper"));
    expect(sending.lines.at(-1)?.state).toBe("sending");
    expect(marked(sending, "own", "sent").lines.at(-1)?.state).toBe("sent");
    expect(marked(sending, "own", "failed").lines.at(-1)?.state).toBe("failed");
  });

  it("keeps what was not sent through a break, and nothing twice", () => {
    const sending = wrote(wrote(begun(), line("one", "shopper")), line("two", "shopper"));
    const back = after(sending, ready({ chat: [line("a"), line("one", "shopper")] }));
    expect(back.lines.map(({ message, state }) => [message.id, state])).toEqual([
      ["a", "sent"], ["one", "sent"], ["two", "sending"],
    ]);
  });

  it("keeps the code for the cart after the end", () => {
    const cart = { left: "held", code: "4821", until: "2026-03-02T08:05:00Z" } as const;
    const known = after(begun(), { type: "cart_left", case: "c", cart_now: cart });
    expect(known.cartNow).toEqual(cart);
    const over = after(known, ready({ phase: "ended", chat: [], cart_now: null }));
    expect([over.phase, over.cartNow]).toEqual(["ended", cart]);
  });
});

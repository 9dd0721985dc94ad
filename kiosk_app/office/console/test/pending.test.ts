import { expect, test } from "vitest";
import { Pending } from "../src/pending";
import type { FromConsole, ToConsole } from "../src/wire";
import { card, message, mine, ready } from "./sample";

const ACCEPT: FromConsole = { type: "accept_case", command: "c1", case: "a", attempt: 1 };
const CHAT: FromConsole = { type: "agent_chat", command: "c2", case: "a", message: "m", text: "Hej" };
const ASK: FromConsole = { type: "request_screen_share", command: "c3", case: "a" };
const TAG: FromConsole = { type: "tag_case", command: "c4", case: "a", tags: ["tekniskt fel"] };
const RESOLVE: FromConsole = { type: "resolve_case", command: "c5", case: "a" };
const END: FromConsole = { type: "end_screen_share", command: "c6", case: "a" };

function offer(command: string, generation: number): FromConsole {
  return { type: "agent_offer_peer", command, case: "a", generation, nonce: "n", sdp: "v=0" };
}

function changed(changes: Parameters<typeof mine>[1] = {}): ToConsole {
  return { type: "case_changed", card: mine("a", changes) };
}

test.each<[string, FromConsole, ToConsole]>([
  ["accepted", ACCEPT, changed()],
  ["taken by another", ACCEPT, changed({ mine: false })],
  ["offered anew", ACCEPT, { type: "case_changed", card: card("a", { attempt: 2 }) }],
  ["said", CHAT, { type: "chat_added", case: "a", message: message("m", "agent") }],
  ["in the log", CHAT, { type: "chat_log", case: "a", messages: [message("m", "agent")] }],
  ["asked", ASK, changed({ share: { state: "asked" } })],
  ["stopped", END, changed({ share: { state: "ended", cause: "agent_stopped" } })],
  ["tagged", TAG, changed({ tags: ["tekniskt fel"] })],
  ["answered", offer("c7", 2), {
    type: "peer_answered", case: "a", generation: 2, sdp: "v=0", signature: "",
  }],
  ["gone", RESOLVE, { type: "case_gone", case: "a", cause: "resolved" }],
  ["refused", CHAT, { type: "console_refused", command: "c2", code: "gone", message: "" }],
  ["in a snapshot", ACCEPT, ready([mine("a")])],
])("settled when %s", (_what, command, event) => {
  const pending = new Pending();
  pending.add(command, 0);
  expect(pending.settle(event)).toEqual([command]);
  expect(pending.again()).toEqual([]);
});

test.each<[string, FromConsole, ToConsole]>([
  ["the same offer", ACCEPT, { type: "case_changed", card: card("a") }],
  ["another message", CHAT, { type: "chat_added", case: "a", message: message("x", "agent") }],
  ["an old refusal", ASK, changed({ share: { state: "denied" } })],
  ["a share that still goes on", END, changed({ share: { state: "granted", seconds_left: 9 } })],
  ["another case", RESOLVE, { type: "case_gone", case: "b", cause: "resolved" }],
  ["an older answer", offer("c7", 2), {
    type: "peer_answered", case: "a", generation: 1, sdp: "v=0", signature: "",
  }],
  ["another command's refusal", CHAT, {
    type: "console_refused", command: "c9", code: "gone", message: "",
  }],
  ["a snapshot without the case, which may still follow", CHAT, ready([])],
])("not settled by %s", (_what, command, event) => {
  const pending = new Pending();
  pending.add(command, 0);
  expect(pending.settle(event)).toEqual([]);
  expect(pending.again()).toEqual([command]);
});

test("sent again in order and with the same ids, but not for ever", () => {
  const pending = new Pending();
  pending.add(CHAT, 0);
  pending.add(RESOLVE, 1);
  expect(pending.again()).toEqual([CHAT, RESOLVE]);
  expect(pending.again()).toEqual([CHAT, RESOLVE]);
  expect(pending.again()).toEqual([]);
});

test("a newer offer takes the older one's place, a newer message does not", () => {
  const pending = new Pending();
  const more: FromConsole = { ...CHAT, command: "c8", message: "m2" };
  for (const command of [offer("c7", 1), CHAT, offer("c9", 2), more]) pending.add(command, 0);
  expect(pending.again()).toEqual([CHAT, offer("c9", 2), more]);
});

test("the office owes a sign of the first sending only, and none for an offer", () => {
  const pending = new Pending();
  pending.add(offer("c7", 1), 5);
  expect(pending.owedSince).toBeNull();
  pending.add(CHAT, 10);
  expect(pending.owedSince).toBe(10);
  pending.again();
  expect(pending.owedSince).toBeNull();
});
